import type { Money, PaymentId, RefundState } from '@vpn-kiosk/domain'
import type { RefundPreview } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { addonName } from '../addons/addon-name.ts'
import { menuRow } from '../menu/callbacks.ts'
import { openPayment } from '../payments/callbacks.ts'
import { askRefundAmount, openRefund, sendRefund } from './callbacks.ts'

const icons: Readonly<Record<RefundState, string>> = { requested: '🕓', pending: '🕓', done: '✅', failed: '🚫' }

interface Shown {
  readonly payment: PaymentId
  readonly request: string
}

/** What may be given back of a payment, what that takes, and what was given back before. */
export function refundView(
  t: Translator,
  found: RefundPreview,
  {
    payment,
    request,
    note,
    isDone = false,
  }: Shown & {
    readonly note: string | null
    /** One was asked for just now: the button of the next would lie under the finger that presses twice. */
    readonly isDone?: boolean
  },
): View {
  const { most, means, refunds } = found
  const isOpen = refunds.some(({ state }) => state === 'requested' || state === 'pending')
  const canRefund = most.minor > 0n && !isOpen && !isDone
  const lines = [
    t('refund-title'),
    ...(most.minor > 0n ? [t('refund-left', { amount: t.money(most) }), effectOf(t, found)] : [t('refund-nothing')]),
    ...(canRefund && means === 'by_hand' ? [t('refund-only-by-hand')] : []),
    refunds.map((refund) => lineOf(t, refund)).join('\n'),
  ]
  return {
    text: [note ?? '', ...lines].filter(Boolean).join('\n\n'),
    keyboard: [
      ...(canRefund ? sendRows(t, means, { payment, request, amount: most }) : []),
      ...(canRefund && means !== 'whole' ? [[askRefundAmount.button(t.plain('refund-other'), { payment })]] : []),
      ...(isOpen || (isDone && most.minor > 0n) ? [[openRefund.button(t.plain('refund-look'), { payment })]] : []),
      [openPayment.button(t.plain('back'), { payment }), ...menuRow(t)],
    ],
  }
}

/** An amount that was typed, before anything happens. */
export function confirmView(t: Translator, { means }: RefundPreview, shown: Shown & { readonly amount: Money }): View {
  return {
    text: t('refund-confirm', { amount: t.money(shown.amount) }),
    keyboard: [
      ...sendRows(t, means, shown),
      [openRefund.button(t.plain('back'), { payment: shown.payment }), ...menuRow(t)],
    ],
  }
}

export const typeAmountView = (t: Translator, payment: PaymentId, most: Money | null): View => ({
  text: most ? t('refund-amount-wrong', { most: t.money(most) }) : t('refund-amount-ask'),
  keyboard: [[openRefund.button(t.plain('back'), { payment })]],
})

function sendRows(
  t: Translator,
  means: RefundPreview['means'],
  { payment, request, amount }: Shown & { readonly amount: Money },
): Keyboard {
  const values = { payment, request, minor: amount.minor.toString() }
  const shown = { amount: t.money(amount) }
  const ofBalance = means === 'balance' ? '-balance' : ''
  return [
    ...(means === 'by_hand'
      ? []
      : [
          [sendRefund.button(t.plain(`refund-send${ofBalance}`, shown), { ...values, hand: false }, 'danger' as const)],
        ]),
    ...(means === 'balance' ? [] : [[sendRefund.button(t.plain('refund-by-hand', shown), { ...values, hand: true })]]),
  ]
}

function effectOf(t: Translator, { daysLeft, takesBonus, gift, addon, addonsEnding }: RefundPreview): string {
  const ofTime = gift ? t('refund-takes-gift', { state: gift, days: daysLeft }) : t('refund-takes', { days: daysLeft })
  const what = addon ? t('refund-takes-addon', { what: addonName(t, addon), isOver: String(addon.isOver) }) : ofTime
  const ending = addonsEnding > 0 ? [t('refund-ends-addons', { count: addonsEnding })] : []
  return [what, ...ending, ...(takesBonus ? [t('refund-takes-bonus')] : [])].join('\n')
}

const lineOf = (t: Translator, { state, amount, createdAt, reason }: RefundPreview['refunds'][number]): string =>
  [
    t('refund-line', { icon: icons[state], state, amount: t.money(amount), at: t.dateTime(createdAt) }),
    ...(reason ? [t('refund-reason', { reason: bounded(reason, 200) })] : []),
  ].join('\n')
