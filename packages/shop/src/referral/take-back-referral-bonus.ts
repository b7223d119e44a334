import { type EntityManager, ReferralEntity } from '@vpn-kiosk/db'
import { type CustomerId, type Id, type PaymentId, remainingMsOf, takeBackStretch } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { lockOrCreateSubscription, readQueue, storeQueue } from '../subscription/stretch-queue.ts'
import { bonusKey, friendKey } from './grant-referral-bonus.ts'

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'drivers' | 'vault' | 'policy'>

/**
 * Takes back the days that a payment earned its customer's inviter and the customer, as far as they have not passed. Where
 * all of both come back, the friend's next payment earns them again; of what has been used nobody gets more. In the
 * caller's transaction.
 */
export async function takeBackReferralBonus(
  deps: Deps,
  em: EntityManager,
  paymentId: PaymentId,
  now: Date,
): Promise<void> {
  const referral = await em.findOne(ReferralEntity, { paymentId })
  if (!referral) return
  const { id, referrerId, friendId } = referral
  const isFriendsWhole = await takeBack(deps, em, { customerId: friendId, key: friendKey(id, paymentId) }, now)
  const isInvitersWhole = await takeBack(deps, em, { customerId: referrerId, key: bonusKey(id, paymentId) }, now)
  if (isFriendsWhole && isInvitersWhole) await forgetBonus(em, id)
}

/** True where none of the stretch had been used, or there was none. */
async function takeBack(
  deps: Deps,
  em: EntityManager,
  { customerId, key }: { readonly customerId: CustomerId; readonly key: string },
  now: Date,
): Promise<boolean> {
  const { subscription } = await lockOrCreateSubscription(em, customerId, now)
  const before = await readQueue(em, subscription, now, key)
  const bonus = before.stretches.find((one) => one.key === key)
  const after = takeBackStretch(before.stretches, key, now)
  if (!after) return !before.isGranted
  await storeQueue(em, { subscription, before, after }, now)
  await requestAccess(deps, em, subscription.id, now)
  return bonus !== undefined && remainingMsOf(bonus, now) >= bonus.lengthMs
}

const forgetBonus = (em: EntityManager, id: Id<'referral'>) =>
  em.nativeUpdate(ReferralEntity, { id }, { rewardedAt: null, bonusDays: null, paymentId: null })
