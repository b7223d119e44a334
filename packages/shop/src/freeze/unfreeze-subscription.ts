import type { ShopDeps } from '../deps.ts'
import { lockOrCreateSubscription } from '../subscription/stretch-queue.ts'
import { endFreeze } from './end-freeze.ts'
import { type FreezeWish, isSameMinute } from './freeze-subscription.ts'

export type UnfreezeDeps = Pick<ShopDeps, 'db' | 'clock' | 'queue' | 'drivers' | 'vault' | 'checkpoint'>

export type UnfreezeSubscriptionResult = 'unfrozen' | 'not_frozen' | 'differs' | 'banned'

/** The customer's time goes on now, to the millisecond as it stood. */
export async function unfreezeSubscription(
  deps: UnfreezeDeps,
  { customerId, endsAt }: FreezeWish,
): Promise<UnfreezeSubscriptionResult> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const { subscription, isBanned } = await lockOrCreateSubscription(em, customerId, now)
    if (isBanned) return 'banned'
    if (subscription.state !== 'frozen' || !subscription.endsAt) return 'not_frozen'
    if (!isSameMinute(subscription.endsAt, endsAt)) return 'differs'
    await endFreeze(deps, em, subscription, now)
    return 'unfrozen'
  })
}
