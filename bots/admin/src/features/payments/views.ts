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
import type { PaidGift, PaymentLine, PaymentPage, StaffPaymentPage } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { openCustomer } from '../customers/callbacks.ts'
import { menuRow } from '../menu/callbacks.ts'
import { openRefund } from '../refunds/callbacks.ts'
import { openWebhooks } from '../webhooks/callbacks.ts'
import {
  acceptPayment,
  askAcceptance,
  decidePayment,
  openPayment,
  openPayments,
  openPaymentsBy,
  openUndecided,
  recheckPayment,
} from './callbacks.ts'

const icons: Readonly<Record<PaymentState, string>> = {
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

/** Money is there, or may be, and nothing was given: only a human can end it. */
const needsDecision = ({ state, trouble }: PaymentLine): boolean =>
  state === 'mismatch' || (trouble !== null && trouble.kind !== 'unreachable' && state !== 'paid')

function decisionLines(t: Translator, line: PaymentLine): string[] {
  if (!needsDecision(line)) return []
  return ['', line.decidedAt ? t('payment-decided', { at: t.dateTime(line.decidedAt) }) : t('payment-decide')]
}

/** In whose favour a wrong sum can be ended: money that the books hold, and not yet decided. */
function acceptanceRows(
  t: Translator,
  { id: payment, state, received, decidedAt, amount, planTitle }: PaymentLine,
): Keyboard {
  if (state !== 'mismatch' || decidedAt || !received || !isReadable(received) || received.minor <= 0n) return []
  const isSameMoney = received.currency === amount.currency
  return [
    ...(planTitle && isSameMoney
      ? [[askAcceptance.button(t.plain('accept-ordered'), { payment, as: 'ordered' })]]
      : []),
    [askAcceptance.button(t.plain('accept-balance'), { payment, as: 'balance' })],
  ]
}

/** What it does to the customer and to the books, before anybody presses. */
export function acceptanceView(t: Translator, line: PaymentLine, as: 'ordered' | 'balance'): View {
  const sums = {
    asked: t.money(line.amount),
    came: line.received ? receivedText(t, line.received) : '',
    title: soldTitle(t, line),
    name: bounded(line.customerName, 64),
  }
  return {
    text: t(as === 'ordered' ? 'accept-ask-ordered' : 'accept-ask-balance', sums),
    keyboard: [
      [acceptPayment.button(t.plain('accept-yes'), { payment: line.id, as }, 'success')],
      [openPayment.button(t.plain('back'), { payment: line.id }), ...menuRow(t)],
    ],
  }
}

const decisionButton = (t: Translator, { id, decidedAt }: PaymentLine) =>
  decidedAt
    ? decidePayment.button(t.plain('undecide'), { payment: id, decided: false })
    : decidePayment.button(t.plain('decide'), { payment: id, decided: true }, 'success')

/** What a payment was for: a plan, or the customer's balance. */
export function soldTitle(t: Translator, { planTitle, isGift }: Pick<PaymentLine, 'planTitle' | 'isGift'>): string {
  if (!planTitle) return t.plain('payment-top-up')
  const title = textIn(planTitle, t.language)
  return isGift ? t.plain('payment-gift-title', { title }) : title
}

const giftText = (t: Translator, { state, recipient }: PaidGift): string =>
  t('payment-gift', { state, name: bounded(recipient?.name ?? '', 64) })

const discountText = (t: Translator, { cause, code, off }: NonNullable<PaymentLine['discount']>): string =>
  t('payment-discount', { cause, code: code ?? '', off: t.money(off) })

export function paymentView(t: Translator, line: PaymentLine, note: string | null): View {
  const title = soldTitle(t, line)
  const lines = [
    t('payment-title', { icon: icons[line.state], state: line.state }),
    t('payment-amount', { amount: t.money(line.amount), title }),
    ...(line.gift ? [giftText(t, line.gift)] : []),
    ...(line.discount ? [discountText(t, line.discount)] : []),
    ...(line.received ? [t('payment-received', { amount: receivedText(t, line.received) })] : []),
    ...(line.surplus ? [t('payment-surplus', { amount: bounded(line.surplus, 80) })] : []),
    ...(line.refunded ? [t('payment-refunded', { amount: receivedText(t, line.refunded) })] : []),
    ...(line.trouble ? [t('payment-trouble', { kind: line.trouble.kind, said: bounded(line.trouble.said, 300) })] : []),
    t('payment-provider', { provider: providerName(t, line.provider, line.method) }),
    t('payment-customer', { name: bounded(line.customerName, 64) }),
    t('payment-created', { at: t.dateTime(line.createdAt) }),
    ...(line.paidAt ? [t('payment-paid', { at: t.dateTime(line.paidAt) })] : []),
    t('payment-id', { id: line.id }),
    ...decisionLines(t, line),
  ]
  const canDecide = needsDecision(line) && line.state !== 'created' && line.state !== 'pending'
  const isSettled = line.state === 'paid' || line.state === 'refunded'
  const hasMoney = isSettled || line.state === 'mismatch'
  return {
    text: [note ?? '', lines.join('\n')].filter(Boolean).join('\n\n'),
    keyboard: [
      ...(hasMoney ? [[openRefund.button(t.plain('refund-open'), { payment: line.id })]] : []),
      ...acceptanceRows(t, line),
      ...(canDecide ? [[decisionButton(t, line)]] : []),
      ...(isSettled ? [] : [[recheckPayment.button(t.plain('recheck'), { payment: line.id })]]),
      [
        openCustomer.button(t.plain('to-customer'), { customer: line.customerId }),
        openWebhooks.button(t.plain('webhooks-open'), { payment: line.id }),
      ],
      ...(line.gift?.recipient
        ? [[openCustomer.button(t.plain('to-recipient'), { customer: line.gift.recipient.id })]]
        : []),
      [openPayments.button(t.plain('back'), { olderThan: null, customer: null }), ...menuRow(t)],
    ],
  }
}
