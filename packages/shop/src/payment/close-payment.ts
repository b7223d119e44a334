import type { EntityManager } from '@vpn-kiosk/db'
import { type CancelReason, cutText } from '@vpn-kiosk/domain'
import { releasePromo } from '../discount/release-promo.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { hearCardDecline } from '../renewal/hear-card-decline.ts'
import { changePaymentState } from './change-payment-state.ts'
import type { StoredPayment } from './find-payment.ts'
import { queueInvoiceEdit } from './queue-invoice-edit.ts'
import type { Trouble } from './record-trouble.ts'
import type { SettlePaymentDeps, SettlePaymentResult } from './settlement.ts'

export interface PaymentEnd {
  readonly reason: CancelReason
  /** What the provider last said, where that was no clear end: staff read it. */
  readonly trouble: Trouble | null
}

/** Ends a payment that brought no money, and tells whom its end concerns. Money that comes later is still honoured. */
export async function closePayment(
  deps: Pick<SettlePaymentDeps, 'db' | 'queue' | 'clock'>,
  payment: StoredPayment,
  { reason, trouble }: PaymentEnd,
): Promise<SettlePaymentResult> {
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const hasRunOut = reason === 'expired' || reason === 'provider_forgot' || reason === 'unanswered'
    const to = hasRunOut ? 'expired' : 'canceled'
    if (!(await changePaymentState(em, { payment, to, cause: reason, reason, at: now }))) return
    await queueInvoiceEdit(deps, em, payment.orderId)
    if (trouble) {
      const { kind, said } = trouble
      const notification = {
        kind: 'payment_trouble',
        paymentId: payment.id,
        trouble: kind,
        said: cutText(said, 300),
      } as const
      await notifyStaff(deps, em, notification, now)
    }
    // Of a charge without the customer auto-renewal tells, in words of its own.
    if (payment.cardId) await hearCardDecline(deps, em, { ...payment, cardId: payment.cardId }, reason, now)
    // That nobody paid in time is said by the invoice's own message.
    else if (reason !== 'expired') await tellOfEnd(deps, em, payment, reason, now)
    // Last: a code is locked after every customer, as by whoever is about to buy with it.
    await releasePromo(em, payment.orderId)
  })
  return { kind: 'canceled', reason }
}

async function tellOfEnd(
  deps: Pick<SettlePaymentDeps, 'queue'>,
  em: EntityManager,
  { id, customerId, orderId }: StoredPayment,
  reason: CancelReason,
  now: Date,
): Promise<void> {
  const notification = { kind: 'payment_canceled', orderId, reason } as const
  await queueNotification(deps, em, { customerId, key: `canceled:${id}`, notification }, now)
}
