import { type EntityManager, RenewalEntity, SubscriptionEntity } from '@vpn-kiosk/db'
import { addMs, type CustomerId, type RenewalEnd, starsWaitMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { changeRenewal } from './change-renewal.ts'
import { queueStarEdit } from './queue-star-edit.ts'

/**
 * No more stars are to be charged of a customer: Telegram is told by a job, and auto-renewal by stars is off. In the
 * caller's transaction, which has locked the customer.
 */
export async function cancelStarSubscriptions(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  customerId: CustomerId,
  { reason, at }: { readonly reason: RenewalEnd; readonly at: Date },
): Promise<void> {
  const canceled = await em
    .getKysely()
    .updateTable('star_subscriptions')
    .set({ is_canceled: true })
    .where('customer_id', '=', customerId)
    .where('is_canceled', '=', false)
    .where('paid_until', '>', addMs(at, -starsWaitMs))
    .returning('payment_id')
    .execute()
  for (const { payment_id: paymentId } of canceled) await queueStarEdit(deps, em, paymentId)
  const subscription = await em.findOne(SubscriptionEntity, { customerId }, { fields: ['id'] })
  if (!subscription) return
  const isOn = { subscriptionId: subscription.id, source: 'stars', nextAt: { $ne: null } } as const
  if (await em.count(RenewalEntity, isOn))
    await changeRenewal(em, subscription.id, { nextAt: null, offReason: reason, switchedAt: at })
}
