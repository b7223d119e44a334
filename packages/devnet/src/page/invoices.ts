import { type Page, showToast } from '@vpn-kiosk/telegram-simulator/page'
import { html, type TemplateResult } from 'lit-html'
import { openDrawer } from './drawer.ts'
import { changeWorld, type Invoice, readWorld } from './world-client.ts'

/** The providers' invoices: pay, underpay, decline, or send the webhook again, ten times at once. */
export function openInvoices(page: Page, follow: (url: string) => void): void {
  openDrawer(page, page.say('invoices-title'), async ({ element, refresh, close }) => {
    const act = async (verb: string, request: object) => {
      await changeWorld(verb, request).catch((error: Error) => showToast(error.message, element))
      await refresh()
    }
    const openPage = (url: string) => {
      close()
      follow(url)
    }
    const invoices = await readWorld('invoices')
    if (invoices.length === 0) return html`<p class="hint">${page.say('no-invoices')}</p>`
    return html`${invoices.map((invoice) => invoiceView(page, invoice, { act, openPage }))}`
  })
}

interface InvoiceDeeds {
  act(verb: string, request: object): Promise<void>
  openPage(url: string): void
}

function invoiceView(page: Page, invoice: Invoice, deeds: InvoiceDeeds): TemplateResult {
  const { say, formats } = page
  const { provider, reference, asked, received, description, status, createdAt } = invoice
  const isPartial = received && received.value !== asked.value
  return html`<article class="invoice-card"><div class="invoice-top"><b>${sumOf(page, asked)}</b>
      ${isPartial ? html`<span class="bad">← ${sumOf(page, received)}</span>` : null}<span class="state ${status}">${say(`invoice-${status}`)}</span></div>
    <div>${description}</div><small>${say(`provider-${provider}`)} · ${formats.moment(createdAt)} · <span class="mono">${reference}</span></small>
    <div class="invoice-deeds">${buttonsView(page, invoice, deeds)}</div></article>`
}

function buttonsView({ say }: Page, { provider, reference, asked, status }: Invoice, { act, openPage }: InvoiceDeeds) {
  const button = (key: string, press: () => void, look = '') =>
    html`<button class="small ${look}" type="button" @click=${press}>${say(key)}</button>`
  if (status !== 'pending') return button('resend', () => void act('resend', { provider, reference, times: 10 }))
  const half = (Number(asked.value) / 2).toFixed(2)
  const address = new URL(`/checkout/${provider}/${reference}`, location.href).href
  return [
    button('pay', () => void act('pay', { provider, reference }), 'primary'),
    button('pay-less', () => void act('pay', { provider, reference, amount: half })),
    button('decline', () => void act('fail', { provider, reference })),
    button('open-page', () => openPage(address)),
  ]
}

const signs: Readonly<Record<string, string>> = { RUB: '₽', USD: '$', EUR: '€' }

function sumOf({ language }: Page, { value, currency }: Invoice['asked']): string {
  const digits = /\.0*$/.test(value) || !value.includes('.') ? 0 : 2
  const sum = Number(value).toLocaleString(language, { minimumFractionDigits: digits })
  return `${sum} ${signs[currency] ?? currency}`
}
