import { type CustomerId, freezeStretches } from '@vpn-kiosk/domain'
import { requestAccessUnderLock } from '../access/request-access.ts'
import { recordActivity } from '../audit/record-activity.ts'
import type { ShopDeps } from '../deps.ts'
import { lockOrCreateSubscription, readQueue, storeQueue } from '../subscription/stretch-queue.ts'
import { readFreeze } from './get-freeze.ts'

export interface FreezeWish {
  readonly customerId: CustomerId
  /** The end of all time that the customer was shown. It moves with each freeze, so an old button does nothing. */
  readonly endsAt: Date
}

export type FreezeSubscriptionResult = 'frozen' | 'differs' | 'banned' | 'not_offered'

/** Between a screen and its button, in whole minutes. */
export const isSameMinute = (a: Date, b: Date): boolean =>
  Math.floor(a.getTime() / 60_000) === Math.floor(b.getTime() / 60_000)

/** Lets a bought subscription's time stand still, by the rules in `domain/subscription/freeze.ts`. */
export async function freezeSubscription(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'queue' | 'drivers' | 'vault' | 'policy' | 'checkpoint'>,
  { customerId, endsAt }: FreezeWish,
): Promise<FreezeSubscriptionResult> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const { subscription, isBanned } = await lockOrCreateSubscription(em, customerId, now)
    if (isBanned) return 'banned'
    const freeze = await readFreeze(deps, em, customerId, now)
    if (freeze?.kind === 'frozen') return 'frozen'
    if (freeze?.kind !== 'offered') return 'not_offered'
    if (!isSameMinute(freeze.endsAt, endsAt)) return 'differs'
    const before = await readQueue(em, subscription, now)
    const after = freezeStretches(before.stretches, freeze.freezeDays, now)
    await storeQueue(em, { subscription, before, after, state: 'frozen' }, now)
    await recordActivity(em, customerId, 'frozen', now)
    await requestAccessUnderLock(deps, em, subscription.id, now)
    deps.checkpoint('freeze:before-commit')
    return 'frozen'
  })
}
