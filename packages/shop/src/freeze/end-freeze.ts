import type { EntityManager } from '@vpn-kiosk/db'
import { frozenAt, runningStretch, unfreezeStretches } from '@vpn-kiosk/domain'
import { requestAccessUnderLock } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { type LockedSubscription, readQueue, storeQueue } from '../subscription/stretch-queue.ts'

/**
 * Lets the time of a frozen subscription go on, and the customer in; in the transaction that locked its row. False where a
 * refund has taken all of it meanwhile.
 */
export async function endFreeze(
  deps: Pick<ShopDeps, 'queue' | 'drivers' | 'vault' | 'checkpoint'>,
  em: EntityManager,
  subscription: LockedSubscription,
  now: Date,
): Promise<boolean> {
  const until = subscription.stretchStartsAt ?? now
  const before = await readQueue(em, subscription, frozenAt(until, now))
  const after = unfreezeStretches(before.stretches, until, now)
  await storeQueue(em, { subscription, before, after, state: 'active', startsAt: now }, now)
  await requestAccessUnderLock(deps, em, subscription.id, now)
  deps.checkpoint('unfreeze:before-commit')
  return runningStretch(after, now) !== null
}
