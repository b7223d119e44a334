import { type EntityManager, ReferralEntity } from '@vpn-kiosk/db'
import { type Id, type PaymentId, remainingMsOf, takeBackStretch } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { lockOrCreateSubscription, readQueue, storeQueue } from '../subscription/stretch-queue.ts'
import { bonusKey } from './grant-referral-bonus.ts'

/**
 * Takes back the bonus that a payment earned its customer's inviter, as far as it has not passed. Where all of it comes
 * back, the friend's next payment earns it again; of what has been used nobody gets more. In the caller's transaction.
 */
export async function takeBackReferralBonus(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'drivers' | 'vault' | 'policy'>,
  em: EntityManager,
  paymentId: PaymentId,
  now: Date,
): Promise<void> {
  const referral = await em.findOne(ReferralEntity, { paymentId })
  if (!referral) return
  const { subscription } = await lockOrCreateSubscription(em, referral.referrerId, now)
  const key = bonusKey(referral.id, paymentId)
  const before = await readQueue(em, subscription, now, key)
  const after = takeBackStretch(before.stretches, key, now)
  if (!after) return
  const bonus = before.stretches.find((one) => one.key === key)
  if (bonus && remainingMsOf(bonus, now) >= bonus.lengthMs) await forgetBonus(em, referral.id)
  await storeQueue(em, { subscription, before, after }, now)
  await requestAccess(deps, em, subscription.id, now)
}

const forgetBonus = (em: EntityManager, id: Id<'referral'>) =>
  em.nativeUpdate(ReferralEntity, { id }, { rewardedAt: null, bonusDays: null, paymentId: null })
