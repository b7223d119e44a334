import {
  type CustomerId,
  isReadable,
  type PaymentPeriod,
  type PaymentState,
  type ProviderId,
  paymentPeriods,
  type Received,
  textIn,
} from '@vpn-kiosk/domain'
import type { PaymentLine, PaymentPage, StaffPaymentPage } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { addonName } from '../addons/addon-name.ts'
import { openCustomer } from '../customers/callbacks.ts'
import { menuRow } from '../menu/callbacks.ts'
import { openWebhooks } from '../webhooks/callbacks.ts'
import { openPayment, openPayments, openPaymentsBy, openUndecided } from './callbacks.ts'

export const icons: Readonly<Record<PaymentState, string>> = {
  created: '🕓',
  pending: '🕓',
  paid: '✅',
  canceled: '❌',
  expired: '⌛️',
  mismatch: '⚠️',
  refunded: '↩️',
}

export const providerName = (t: Translator, id: ProviderId, method?: string | null): string => {
  const name = t.has(`provider-${id}`) ? t.plain(`provider-${id}`) : id
  if (!method) return name
  const key = `way-${method}`
  return `${name}: ${t.has(key) ? t.plain(key) : method}`
}

/** Money, or what the provider wrote where it is none that the shop accounts in. */
export const receivedText = (t: Translator, received: Received): string =>
  isReadable(received) ? t.money(received) : received.raw

export function paymentsView(
  t: Translator,
  { lines, olderThan, providers }: StaffPaymentPage,
  { customer, isNewest }: { readonly customer: CustomerId | null; readonly isNewest: boolean },
): View {
  const rows = lines.map((line) => [openPayment.button(lineOf(t, line), { payment: line.id })])
  const turning: Keyboard[number] = [
    ...(isNewest ? [] : [openPayments.button(t.plain('page-newest'), { olderThan: null, customer })]),
    ...(olderThan ? [openPayments.button(t.plain('page-older'), { olderThan, customer })] : []),
  ]
  return {
    text: t('payments-title', { count: lines.length }),
    keyboard: [
      ...rows,
      ...(turning.length > 0 ? [turning] : []),
      ...(customer || lines.length === 0 ? [] : filterRows(t, providers, anyPayment)),
      ...(customer ? [[openCustomer.button(t.plain('to-customer'), { customer })]] : []),
      menuRow(t),
    ],
  }
}

const shownStates: readonly (readonly PaymentState[])[] = [
  ['paid', 'pending', 'refunded'],
  ['mismatch', 'canceled', 'expired'],
]

/** Null: of any. */
export interface PaymentFilter {
  readonly state: PaymentState | null
  readonly provider: ProviderId | null
  readonly period: PaymentPeriod | null
}

const anyPayment: PaymentFilter = { state: null, provider: null, period: null }

/** A press on what is chosen already takes it away. */
function filterRows(t: Translator, providers: readonly ProviderId[], chosen: PaymentFilter): Keyboard {
  const button = <K extends keyof PaymentFilter>(key: K, value: NonNullable<PaymentFilter[K]>, label: string) => {
    const isChosen = chosen[key] === value
    const filter = { ...chosen, [key]: isChosen ? null : value }
    return openPaymentsBy.button(isChosen ? `• ${label} ✕` : label, { olderThan: null, ...filter })
  }
  const ofProvider = (id: ProviderId) => button('provider', id, providerName(t, id))
  return [
    ...shownStates.map((states) =>
      states.map((state) => button('state', state, t.plain('payments-filter', { state }))),
    ),
    ...(providers.length > 1 ? inRows(providers.map(ofProvider), 3) : []),
    paymentPeriods.map((period) => button('period', period, t.plain('payments-period', { period }))),
  ]
}

const inRows = (buttons: Keyboard[number], length: number): Keyboard =>
  buttons.flatMap((_, index) => (index % length === 0 ? [buttons.slice(index, index + length)] : []))

/** Everybody's of one kind, the newest first. */
export function paymentsByView(
  t: Translator,
  { lines, olderThan, providers }: StaffPaymentPage,
  { filter, isNewest }: { readonly filter: PaymentFilter; readonly isNewest: boolean },
): View {
  const turning: Keyboard[number] = [
    ...(isNewest ? [] : [openPaymentsBy.button(t.plain('page-newest'), { olderThan: null, ...filter })]),
    ...(olderThan ? [openPaymentsBy.button(t.plain('page-older'), { olderThan, ...filter })] : []),
  ]
  return {
    text: t('payments-in-title', { count: lines.length, filter: filterName(t, filter) }),
    keyboard: [
      ...lines.map((line) => [openPayment.button(lineOf(t, line), { payment: line.id })]),
      ...(turning.length > 0 ? [turning] : []),
      ...filterRows(t, providers, filter),
      [openPayments.button(t.plain('payments-all'), { olderThan: null, customer: null })],
      menuRow(t),
    ],
  }
}

const filterName = (t: Translator, { state, provider, period }: PaymentFilter): string =>
  [
    ...(state ? [t.plain('payments-filter', { state })] : []),
    ...(provider ? [providerName(t, provider)] : []),
    ...(period ? [t.plain('payments-period', { period })] : []),
  ].join(' · ') || t.plain('payments-any')

/** What only a human can end, the newest first. */
export function undecidedView(
  t: Translator,
  { lines, olderThan }: PaymentPage,
  { isNewest }: { isNewest: boolean },
): View {
  const turning: Keyboard[number] = [
    ...(isNewest ? [] : [openUndecided.button(t.plain('page-newest'), { olderThan: null })]),
    ...(olderThan ? [openUndecided.button(t.plain('page-older'), { olderThan })] : []),
  ]
  return {
    text: t('undecided-title', { count: lines.length }),
    keyboard: [
      ...lines.map((line) => [openPayment.button(lineOf(t, line), { payment: line.id })]),
      ...(turning.length > 0 ? [turning] : []),
      [
        openPayments.button(t.plain('payments-all'), { olderThan: null, customer: null }),
        openWebhooks.button(t.plain('webhooks-open'), { payment: null }),
      ],
      menuRow(t),
    ],
  }
}

const lineOf = (t: Translator, line: PaymentLine): string =>
  bounded(`${icons[line.state]} ${t.money(line.amount)} · ${line.customerName} · ${t.dateTime(line.createdAt)}`, 60)

/** What a payment was for: a plan, more devices or traffic, or the customer's balance. */
export function soldTitle(
  t: Translator,
  { planTitle, isGift, addon }: Pick<PaymentLine, 'planTitle' | 'isGift' | 'addon'>,
): string {
  if (addon) return addonName(t, addon)
  if (!planTitle) return t.plain('payment-top-up')
  const title = textIn(planTitle, t.language)
  return isGift ? t.plain('payment-gift-title', { title }) : title
}
