import { type EntityManager, ReferralEntity } from '@vpn-kiosk/db'
import { type PaymentId, takeBackStretch } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { lockOrCreateSubscription, readQueue, storeQueue } from '../subscription/stretch-queue.ts'
import { bonusKey } from './grant-referral-bonus.ts'

/**
 * Takes back the bonus that a payment earned its customer's inviter, as far as it has not passed. The friend's next
 * payment earns it again. In the caller's transaction.
 */
export async function takeBackReferralBonus(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'drivers' | 'vault' | 'policy'>,
  em: EntityManager,
  paymentId: PaymentId,
  now: Date,
): Promise<void> {
  const referral = await em.findOne(ReferralEntity, { paymentId })
  if (!referral) return
  await em.nativeUpdate(ReferralEntity, { id: referral.id }, { rewardedAt: null, bonusDays: null, paymentId: null })
  const { subscription } = await lockOrCreateSubscription(em, referral.referrerId, now)
  const key = bonusKey(referral.id, paymentId)
  const before = await readQueue(em, subscription, now, key)
  const after = takeBackStretch(before.stretches, key, now)
  if (!after) return
  await storeQueue(em, { subscription, before, after }, now)
  await requestAccess(deps, em, subscription.id, now)
}
