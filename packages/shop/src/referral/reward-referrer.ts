import { CustomerEntity, type EntityManager, ReferralEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotice } from '../notice/queue-notice.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'

export type RewardReferrerDeps = Pick<ShopDeps, 'queue' | 'drivers' | 'vault' | 'policy'>

/** Gives whoever brought this customer their bonus days, at the friend's first payment and never again. */
export async function rewardReferrer(
  deps: RewardReferrerDeps,
  em: EntityManager,
  friendId: CustomerId,
  now: Date,
): Promise<void> {
  const days = deps.policy.referralBonusDays
  if (days <= 0) return
  const claimed = await em.nativeUpdate(
    ReferralEntity,
    { friendId, rewardedAt: null },
    { rewardedAt: now, bonusDays: days },
  )
  if (!claimed) return
  const referral = await em.findOneOrFail(ReferralEntity, { friendId })
  const friend = await em.findOneOrFail(CustomerEntity, { id: friendId })
  const extended = await extendSubscription(
    em,
    { customerId: referral.referrerId, days, key: `referral:${referral.id}`, plan: null },
    now,
  )
  if (!extended) return
  await requestAccess(deps, em, extended.subscription.id, now)
  await queueNotice(
    deps,
    em,
    {
      customerId: referral.referrerId,
      key: `referral:${referral.id}`,
      notice: { kind: 'referral_bonus', days, friendName: friend.firstName },
    },
    now,
  )
}
