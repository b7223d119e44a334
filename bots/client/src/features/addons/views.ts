import {
  type Addon,
  type AddonId,
  type CoinQuote,
  equalMoney,
  type MethodId,
  type MethodOf,
  type Money,
  methodIdOf,
  money,
  readMethodId,
} from '@vpn-kiosk/domain'
import type { AddonList, BuyAddonResult, PaymentMethod, StartAddonResult, StartTopUpResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { openBalance } from '../balance/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { checkPayment } from '../purchase/callbacks.ts'
import { methodLabel, methodName } from '../purchase/method-name.ts'
import { quoteLines } from '../purchase/quote-lines.ts'
import { openSubscription } from '../subscription/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { addonName } from './addon-name.ts'
import {
  addonFromBalance,
  chooseAddon,
  chooseAddonTopUp,
  leaveAddon,
  openAddons,
  payAddon,
  payAddonTopUp,
} from './callbacks.ts'

const toSubscription = (t: Translator): Keyboard => [[openSubscription.button(t.plain('back'), {})], [menuButton(t)]]
const toAddons = (t: Translator): Keyboard => [[openAddons.button(t.plain('back'), {})]]

/** What may be added now, and until when it holds. */
export function addonsView(t: Translator, found: AddonList | null): View {
  if (!found) return { text: t('addons-none'), keyboard: toSubscription(t) }
  const { addons, endsAt } = found
  return {
    text: [t('addons-title'), t('addons-about', { until: t.date(endsAt) })].join('\n\n'),
    keyboard: [
      ...addons.map((addon) => [
        chooseAddon.button(t.plain('addon-button', { what: addonName(t, addon), price: t.money(addon.price) }), {
          addon: addon.id,
        }),
      ]),
      ...toSubscription(t),
    ],
  }
}

export interface AddonScreen {
  readonly addon: Addon
  readonly endsAt: Date
  readonly offered: readonly PaymentMethod[]
  /** What the customer has on the balance, in the add-on's currency. */
  readonly balance: Money | null
  /** Of this screen: pressed twice, its buttons buy once. */
  readonly request: string
}

/** What it is, what it costs, until when it holds. */
const summaryOf = (t: Translator, { addon, endsAt }: Pick<AddonScreen, 'addon' | 'endsAt'>): string =>
  [
    t('addon-title', { what: addonName(t, addon), price: t.money(addon.price) }),
    t('addon-until', { kind: addon.kind, until: t.dateTime(endsAt) }),
  ].join('\n\n')

const methodRows = (t: Translator, { addon, offered, request }: AddonScreen, except?: MethodId): Keyboard =>
  offered
    .filter((method) => methodIdOf(method) !== except)
    .map((method) => {
      const name = methodName(t, method)
      const isSame = equalMoney(method.amount, addon.price)
      const label = isSame ? name : t.plain('pay-method', { label: name, price: t.money(method.amount) })
      return [payAddon.button(label, { addon: addon.id, method: methodIdOf(method), request })]
    })

/** How to pay. */
export function addonMethodsView(t: Translator, screen: AddonScreen): View {
  const rows = [...balanceRows(t, screen), ...methodRows(t, screen)]
  if (rows.length === 0) return nobodyPaysView(t)
  return { text: [summaryOf(t, screen), t('pay-how')].join('\n\n'), keyboard: [...rows, ...toAddons(t)] }
}

const nobodyPaysView = (t: Translator): View => ({
  text: t('pay-none'),
  keyboard: [[openSupport.button(t.plain('menu-support'), {})], ...toAddons(t)],
})

/** The balance pays all of it, or is topped up by what is missing. */
function balanceRows(t: Translator, { addon, balance, request }: AddonScreen): Keyboard {
  if (!balance) return []
  const { id, price } = addon
  const missing = money(price.minor - balance.minor, price.currency)
  if (missing.minor > 0n) {
    const label = t.plain('pay-balance-and', { balance: t.money(balance), rest: t.money(missing) })
    return [[chooseAddonTopUp.button(label, { minor: missing.minor.toString(), addon: id })]]
  }
  const pressed = { addon: id, request, price: price.minor.toString() }
  return [[addonFromBalance.button(t.plain('pay-balance', { price: t.money(price) }), pressed, 'success')]]
}

interface InvoiceAround {
  /** Null where the add-on is not offered any more. */
  readonly screen: AddonScreen | null
  readonly addonId: AddonId
  /** Tried just now. */
  readonly method: MethodId
  readonly quote: CoinQuote | null
}

export function addonInvoiceView(
  t: Translator,
  result: Exclude<StartAddonResult, { readonly kind: 'needs_email' | 'needs_terms' }>,
  { screen, addonId, method, quote }: InvoiceAround,
): View {
  switch (result.kind) {
    case 'invoice': {
      const { addon, amount, endsAt } = result
      const of = screen?.offered.find((one) => methodIdOf(one) === method)
      const name = of ? methodName(t, of) : methodLabel(t, readMethodId(method))
      const what = addonName(t, addon)
      const title = t('invoice', { title: what, price: t.money(amount), method: name })
      const hasOther = (screen?.offered.length ?? 0) > 1
      const leave = (label: string, to: 'methods' | 'menu') => [
        leaveAddon.button(t.plain(label), { addon: addonId, to }),
      ]
      return {
        text: [
          [title, ...quoteLines(t, quote)].join('\n'),
          t('addon-until', { kind: addon.kind, until: t.dateTime(endsAt) }),
          t('addon-steps'),
          t('invoice-until', { until: t.dateTime(result.expiresAt) }),
        ].join('\n\n'),
        keyboard: [
          [{ text: t.plain('invoice-pay', { price: t.money(amount) }), url: result.url }],
          [checkPayment.button(t.plain('invoice-check'), { payment: result.paymentId })],
          ...(hasOther ? [leave('invoice-other', 'methods')] : []),
          leave('to-menu', 'menu'),
        ],
      }
    }
    case 'provider_unavailable':
    case 'provider_refused':
      return failedView(t, { result, screen, method })
    case 'already_paid':
      return { text: t('addon-already-paid'), keyboard: toSubscription(t) }
    case 'price_changed':
      return { text: t('price-changed'), keyboard: [again(t, addonId), ...toAddons(t)] }
    case 'provider_gone':
      return { text: t('provider-gone'), keyboard: [again(t, addonId), ...toAddons(t)] }
    case 'addon_gone':
      return { text: t('addons-none'), keyboard: toSubscription(t) }
    case 'banned':
      return { text: t('banned'), keyboard: [[openSupport.button(t.plain('menu-support'), {})]] }
  }
}

const again = (t: Translator, addon: AddonId) => [chooseAddon.button(t.plain('price-again'), { addon }, 'primary')]

interface Failed extends Pick<InvoiceAround, 'screen' | 'method'> {
  readonly result: { readonly kind: 'provider_unavailable' | 'provider_refused' }
}

/** What does not answer may do so at another try; what refuses does not. */
function failedView(t: Translator, { result, screen, method }: Failed): View {
  const mayRetry = result.kind === 'provider_unavailable'
  const others = screen ? methodRows(t, screen, method) : []
  const tried: MethodOf = readMethodId(method)
  const key = `pay-${mayRetry ? 'down' : 'refused'}${others.length > 0 ? '-choose' : ''}`
  const retry =
    screen && mayRetry
      ? [[payAddon.button(t.plain('pay-retry'), { addon: screen.addon.id, method, request: screen.request })]]
      : []
  const support = mayRetry ? [] : [[openSupport.button(t.plain('menu-support'), {})]]
  return {
    text: t(key, { method: methodLabel(t, tried) }),
    keyboard: [...others, ...retry, ...support, ...toAddons(t)],
  }
}

/** Each asks for the amount itself: a percentage is for what is bought. */
export const addonTopUpMethodsView = (t: Translator, screen: AddonScreen & { readonly amount: Money }): View => {
  const { addon, amount, offered, request } = screen
  if (offered.length === 0) return nobodyPaysView(t)
  const values = { minor: amount.minor.toString(), addon: addon.id, request }
  return {
    text: [summaryOf(t, screen), t('addon-rest', { rest: t.money(amount) }), t('pay-how')].join('\n\n'),
    keyboard: [
      ...offered.map((method) => [
        payAddonTopUp.button(methodName(t, { ...method, percent: 0 }), { ...values, method: methodIdOf(method) }),
      ]),
      ...toAddons(t),
    ],
  }
}

export function addonTopUpView(
  t: Translator,
  result: Exclude<StartTopUpResult, { readonly kind: 'needs_email' | 'needs_terms' }>,
  screen: AddonScreen & { readonly amount: Money; readonly quote: CoinQuote | null },
): View {
  if (result.kind === 'price_changed' || result.kind === 'code_in_invoice')
    return { text: t('price-changed'), keyboard: [again(t, screen.addon.id), ...toAddons(t)] }
  if (result.kind === 'addon_gone') return { text: t('addons-none'), keyboard: toSubscription(t) }
  if (result.kind !== 'invoice')
    return { ...addonTopUpMethodsView(t, screen), text: t('top-up-failed', { kind: result.kind }) }
  const amount = t.money(screen.amount)
  return {
    text: [
      [summaryOf(t, screen), t('addon-rest', { rest: amount }), ...quoteLines(t, screen.quote)].join('\n'),
      t('addon-steps'),
      t('invoice-until', { until: t.dateTime(result.expiresAt) }),
    ].join('\n\n'),
    keyboard: [
      [{ text: t.plain('invoice-pay', { price: amount }), url: result.url }],
      [checkPayment.button(t.plain('invoice-check'), { payment: result.paymentId })],
      [leaveAddon.button(t.plain('to-menu'), { addon: screen.addon.id, to: 'menu' })],
    ],
  }
}

/** After a tap that pays from the balance. */
export function addonBoughtView(t: Translator, result: BuyAddonResult, addon: AddonId): View {
  switch (result.kind) {
    case 'bought':
      return { text: t('addon-bought', { until: t.dateTime(result.endsAt) }), keyboard: toSubscription(t) }
    case 'short': {
      const missing = t.money(result.missing)
      const pressed = { minor: result.missing.minor.toString(), addon }
      return {
        text: t('balance-short', { missing }),
        keyboard: [
          [chooseAddonTopUp.button(t.plain('balance-add', { missing }), pressed, 'primary')],
          [openBalance.button(t.plain('balance-open'), {})],
          ...toAddons(t),
        ],
      }
    }
    case 'already_paid':
      return { text: t('addon-already-paid'), keyboard: toSubscription(t) }
    case 'price_changed':
      return { text: t('price-changed'), keyboard: [again(t, addon), ...toAddons(t)] }
    case 'addon_gone':
      return { text: t('addons-none'), keyboard: toSubscription(t) }
    case 'banned':
      return { text: t('banned'), keyboard: [[openSupport.button(t.plain('menu-support'), {})]] }
  }
}
