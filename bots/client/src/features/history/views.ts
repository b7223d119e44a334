import { isReadable, type MethodOf } from '@vpn-kiosk/domain'
import type { OwnPayment, PaymentLine, PaymentPage } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { chooseGift } from '../gift/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { methodLabel } from '../purchase/method-name.ts'
import { soldTitle } from '../purchase/views.ts'
import { openSubscription } from '../subscription/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { buyAgain, openPayment, openPayments } from './callbacks.ts'

export function paymentsView(t: Translator, { lines, olderThan }: PaymentPage, isNewest: boolean): View {
  const back = [openSubscription.button(t.plain('back'), {})]
  if (lines.length === 0) return { text: `${t('history-title')}\n\n${t('history-none')}`, keyboard: [back] }
  const turn = [
    ...(isNewest ? [] : [openPayments.button(t.plain('page-newest'), { olderThan: null })]),
    ...(olderThan ? [openPayments.button(t.plain('page-older'), { olderThan })] : []),
  ]
  return {
    text: [t('history-title'), ...lines.map((line) => paymentLine(t, line)), t('history-open-one')].join('\n\n'),
    keyboard: [...lines.map((line) => [paymentButton(t, line)]), ...(turn.length > 0 ? [turn] : []), back],
  }
}

const whenOf = ({ paidAt, createdAt }: PaymentLine): Date => paidAt ?? createdAt

const paymentButton = (t: Translator, line: PaymentLine) =>
  openPayment.button(
    t.plain('history-button', {
      at: t.date(whenOf(line)),
      amount: t.money(line.amount),
      title: soldTitle(t, line),
    }),
    { payment: line.id },
  )

const stateOf = (t: Translator, { state, decidedAt }: PaymentLine): string =>
  t(state === 'mismatch' && decidedAt ? 'payment-decided' : `payment-${state}`)

const howOf = ({ provider, method }: PaymentLine): MethodOf => ({ provider, ...(method != null && { method }) })

function paymentLine(t: Translator, line: PaymentLine): string {
  const text = t('history-line', {
    state: stateOf(t, line),
    title: soldTitle(t, line),
    amount: t.money(line.amount),
    at: t.dateTime(whenOf(line)),
    method: methodLabel(t, howOf(line)),
  })
  return [text, ...refundedLines(t, line)].join('\n')
}

/** Of a payment that was given back whole, its state says so. */
function refundedLines(t: Translator, { refunded, state }: PaymentLine): string[] {
  const isPart = refunded && isReadable(refunded) && refunded.minor > 0n && state !== 'refunded'
  return isPart ? [t('history-refunded', { amount: t.money(refunded) })] : []
}

/** One payment, as a customer shows it to support or to an accountant. */
export function paymentView(t: Translator, own: OwnPayment | null): View {
  const back: Keyboard = [[openPayments.button(t.plain('back'), { olderThan: null })], [menuButton(t)]]
  if (!own) return { text: t('history-card-gone'), keyboard: back }
  const { payment } = own
  const { discount } = payment
  const lines = [
    t('history-card-state', { state: stateOf(t, payment) }),
    t('history-card-amount', { amount: t.money(payment.amount) }),
    ...(discount ? [t('history-card-off', { off: t.money(discount.off), why: whyOf(t, discount) })] : []),
    t('history-card-method', { method: methodLabel(t, howOf(payment)) }),
    t('history-card-at', { at: t.fullDateTime(whenOf(payment)) }),
    ...refundedLines(t, payment),
    t('history-card-number', { id: payment.id }),
  ]
  const title = t('history-card-title', { title: soldTitle(t, payment) })
  return {
    text: `${title}\n\n${lines.join('\n')}`,
    keyboard: [...againRow(t, own), [openSupport.button(t.plain('menu-support'), {})], ...back],
  }
}

const whyOf = (t: Translator, { cause, code }: NonNullable<PaymentLine['discount']>): string =>
  t('discount-cause', { cause, code: code ?? '' }).trim()

/** What is on sale yet is bought again at today's price, and by the same way to pay. */
const againRow = (t: Translator, { again, payment: { id, isGift } }: OwnPayment): Keyboard => {
  if (!again) return []
  const label = t.plain('history-card-again')
  return [
    [
      isGift
        ? chooseGift.button(label, { plan: again }, 'primary')
        : buyAgain.button(label, { payment: id }, 'primary'),
    ],
  ]
}
