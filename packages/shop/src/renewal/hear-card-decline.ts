import { type EntityManager, OrderEntity, SavedCardEntity } from '@vpn-kiosk/db'
import {
  type CancelReason,
  type CardId,
  type CustomerNotification,
  endsSavedMethod,
  money,
  nextChargeAt,
  nextStepAt,
  type RenewalEnd,
  renewalSchedule,
  writeMoney,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { StoredPayment } from '../payment/find-payment.ts'
import { changeRenewal } from './change-renewal.ts'
import { lockRenewal } from './lock-renewal.ts'
import { renewalRequestId } from './renewal-request-id.ts'
import { stopRenewal } from './stop-renewal.ts'

type Declined = StoredPayment & { readonly cardId: CardId }

/**
 * A card was charged in vain: it is tried again on the schedule, and the customer told where that changes something. One
 * that can never be charged again is removed. In the caller's transaction, which has closed the payment.
 */
export async function hearCardDecline(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  payment: Declined,
  reason: CancelReason,
  now: Date,
): Promise<void> {
  const { customerId, cardId, orderId } = payment
  const locked = await lockRenewal(em, customerId)
  const isOver = endsSavedMethod(reason)
  if (isOver) await em.nativeUpdate(SavedCardEntity, { id: cardId, removedAt: null }, { secret: null, removedAt: now })
  const { renewal, subscription } = locked ?? {}
  if (!subscription || !renewal?.nextAt || renewal.source !== 'card') return
  const { planId, requestId } = await em.findOneOrFail(
    OrderEntity,
    { id: orderId },
    { fields: ['planId', 'requestId'] },
  )
  const stop = (end: Exclude<RenewalEnd, 'customer'>) =>
    stopRenewal(deps, em, { customerId, subscriptionId: subscription.id, reason: end, planId }, now)
  if (isOver) return stop(reason === 'card_expired' ? 'card_expired' : 'card_revoked')
  const { endsAt, doneStep } = renewal
  // Something else has moved the end meanwhile: the steps begin anew for the new one.
  if (!endsAt || !doneStep || endsAt.getTime() !== subscription.endsAt?.getTime()) return
  if (requestId !== renewalRequestId(subscription.id, endsAt)) return
  await changeRenewal(em, subscription.id, { nextAt: nextStepAt(endsAt, doneStep) })
  const nextAt = nextChargeAt(endsAt, doneStep)
  if (!nextAt) return stop('failed')
  if (!planId || !renewalSchedule[doneStep].tellsFailure) return
  const card = await em.findOneOrFail(SavedCardEntity, { id: cardId }, { fields: ['title'] })
  const notification: CustomerNotification = {
    kind: 'renewal_failed',
    planId,
    amount: writeMoney(money(payment.amountMinor, payment.currency)),
    missing: null,
    nextAt: nextAt.toISOString(),
    card: { title: card.title, reason },
  }
  const key = `renewal:${subscription.id}:${doneStep}:${endsAt.getTime()}`
  await queueNotification(deps, em, { customerId, key, notification }, now)
}
