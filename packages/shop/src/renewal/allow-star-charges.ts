import { type EntityManager, StarSubscriptionEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueStarEdit } from './queue-star-edit.ts'

/**
 * Lets a customer take up again in Telegram what was canceled here, while it is paid for; false where nothing is. Auto-renewal
 * is on when Telegram has charged: a bot cannot turn it on. In the caller's transaction, which has locked the subscription.
 */
export async function allowStarCharges(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  customerId: CustomerId,
  now: Date,
): Promise<boolean> {
  const paid = { customerId, paidUntil: { $gt: now } }
  const row = await em.findOne(StarSubscriptionEntity, paid, { orderBy: { isCanceled: 'asc', paidUntil: 'desc' } })
  if (!row) return false
  if (!row.isCanceled) return true
  await em.nativeUpdate(StarSubscriptionEntity, { paymentId: row.paymentId }, { isCanceled: false })
  await queueStarEdit(deps, em, row.paymentId)
  return true
}
