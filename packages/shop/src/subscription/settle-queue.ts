import type { EntityManager } from '@vpn-kiosk/db'
import { letUsedUpWait, type SubscriptionId } from '@vpn-kiosk/domain'
import { requestMany } from '../access/request-many.ts'
import type { ShopDeps } from '../deps.ts'
import { lockSubscription, readQueue, storeQueue } from './stretch-queue.ts'

/**
 * Brings one subscription's queue in order: rows without limits get theirs, a used-up stretch makes way, and what holds
 * now is what the running stretch says. Its accesses are asked for when that changed. In the caller's transaction.
 */
export async function settleQueue(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  id: SubscriptionId,
  now: Date,
): Promise<{ isMoved: boolean }> {
  const subscription = await lockSubscription(em, id)
  if (!subscription) return { isMoved: false }
  const before = await readQueue(em, subscription, now)
  const { isMoved } = await storeQueue(em, { subscription, before, after: letUsedUpWait(before.stretches, now) }, now)
  if (isMoved) await requestMany(deps, em, [id], now)
  return { isMoved }
}
