import { currencyDigits, moneyFromDecimal } from '@vpn-kiosk/domain'
import { escapeHtml, type Translator } from '@vpn-kiosk/i18n'
import type { SimulatedInvoice } from './invoice-book.ts'

/** What a simulated pay page shows of itself. */
export interface PayPageLook {
  readonly title: string
  readonly shop: string
  /** Of the button and the stripe, as CSS writes it. */
  readonly accent: string
  /** A second price beside the asked one, e.g. in coins. */
  readonly alsoPrice?: (invoice: SimulatedInvoice) => string
  /** Offers to pay less, more or in another currency, for trying out what the shop does then; `amounts`: the first two. */
  readonly offersMistakes: boolean | 'amounts'
  /** What the payer must choose among before paying, such as coins; nothing once it is chosen. */
  readonly choices?: (invoice: SimulatedInvoice) => readonly string[]
}

/** One card: who asks, how much, and two buttons; or, once decided, what happened and the way back. */
export function renderPayPage(look: PayPageLook, invoice: SimulatedInvoice, t: Translator): string {
  const isOpen = invoice.status === 'pending'
  const second = look.alsoPrice ? `<p class="second">≈ ${escapeHtml(look.alsoPrice(invoice))}</p>` : ''
  return renderDocument(
    look,
    t,
    `<p class="shop">${escapeHtml(look.shop)}</p>
<p class="amount">${escapeHtml(printSum(invoice.asked.value, invoice.asked.currency, t))}</p>${second}
<p class="what">${escapeHtml(invoice.description)}</p>
${isOpen ? renderButtons(look, t, look.choices?.(invoice) ?? []) : renderOutcome(invoice, t)}`,
  )
}

export function renderMissingPage(look: PayPageLook, t: Translator): string {
  return renderDocument(look, t, `<p class="state">${t('pay-page-missing')}</p>`)
}

function renderButtons(look: PayPageLook, t: Translator, choices: readonly string[]): string {
  const button = (action: string, text: string, kind: string, name = 'action') =>
    `<button name="${name}" value="${escapeHtml(action)}" class="${kind}">${escapeHtml(text)}</button>`
  const decline = button('decline', t('pay-page-decline'), 'plain')
  if (choices.length > 0) {
    const chosen = choices.map((choice) => button(choice, choice, 'main', 'choice')).join('')
    return `<form method="post"><p class="what">${t('pay-page-choose')}</p>${chosen}${decline}</form>`
  }
  const foreign = look.offersMistakes === 'amounts' ? '' : button('pay-foreign', t('pay-page-pay-foreign'), 'plain')
  const mistakes = `<details><summary>${t('pay-page-try-mistakes')}</summary>
${button('pay-less', t('pay-page-pay-less'), 'plain')}${button('pay-more', t('pay-page-pay-more'), 'plain')}${foreign}</details>`
  return `<form method="post">${button('pay', t('pay-page-pay'), 'main')}${decline}
${look.offersMistakes ? mistakes : ''}</form>`
}

function renderOutcome(invoice: SimulatedInvoice, t: Translator): string {
  const state = invoice.status === 'canceled' ? `✕ ${t('pay-page-canceled')}` : `✓ ${t('pay-page-paid')}`
  return `<p class="state">${state}</p>
<a class="main" href="${escapeHtml(readBackLink(invoice.returnUrl))}">${t('pay-page-back')}</a><p class="note">${t('pay-page-may-close')}</p>`
}

/** The shop's address may be anything: only a web or a Telegram address becomes a link. */
function readBackLink(returnUrl: string): string {
  return /^(https?|tg):/i.test(returnUrl) ? returnUrl : '#'
}

/** `currency` may be one that the shop does not account in. */
function printSum(value: string, currency: string, t: Translator): string {
  const isOurs = (text: string): text is keyof typeof currencyDigits => text in currencyDigits
  return isOurs(currency) ? t.money(moneyFromDecimal(value, currency)) : `${value}\u00a0${currency}`
}

const style = `:root{color-scheme:light dark}*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:light-dark(#eef1f6,#14171c);color:light-dark(#1b1f27,#eceff4);font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{width:100%;max-width:380px;padding:28px 24px 20px;border-radius:20px;border-top:6px solid var(--accent);background:light-dark(#fff,#1f242c);box-shadow:0 12px 40px #0002;text-align:center}
h1{margin:0 0 20px;font-size:15px;font-weight:600;color:var(--accent)}p{margin:0}
.shop{opacity:.7}.amount{margin:4px 0 2px;font-size:40px;font-weight:700;letter-spacing:-.02em}.second{opacity:.6}.what{margin:10px 0 24px;overflow-wrap:anywhere}
button,a.main{display:block;width:100%;margin:0 0 10px;padding:14px;border:0;border-radius:12px;font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.main{background:var(--accent);color:#fff}button.plain{background:light-dark(#eef1f6,#2b323c);color:inherit}button:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
details{margin:6px 0 4px;font-size:14px}summary{margin:0 0 10px;cursor:pointer;opacity:.7}.state{margin:0 0 20px;font-size:20px;font-weight:600}.note,footer{font-size:13px;opacity:.6}footer{margin-top:14px}`

function renderDocument(look: PayPageLook, t: Translator, card: string): string {
  return `<!doctype html><html lang="${t.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(look.title)}</title><style>:root{--accent:${look.accent}}${style}</style></head>
<body><main><h1>${escapeHtml(look.title)}</h1>${card}<footer>${t('pay-page-simulated')}</footer></main></body></html>`
}
