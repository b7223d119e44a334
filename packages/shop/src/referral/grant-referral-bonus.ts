import { CustomerEntity, type EntityManager, type Given, prepared } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { readOffer } from '../setting/read-offer.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'

export type GrantReferralBonusDeps = Pick<ShopDeps, 'db' | 'queue' | 'drivers' | 'vault' | 'policy'>

/** Gives whoever brought this customer their bonus days, at the friend's first payment and never again. */
export async function grantReferralBonus(
  deps: GrantReferralBonusDeps,
  em: EntityManager,
  friendId: CustomerId,
  now: Date,
): Promise<void> {
  const { referralBonusDays: days } = await readOffer(deps, em)
  if (days <= 0) return
  const [referral] = await claimBonus(em, { friendId, days, now })
  if (!referral) return
  const friend = await em.findOneOrFail(CustomerEntity, { id: friendId })
  const extended = await extendSubscription(
    em,
    { customerId: referral.referrer_id, days, key: `referral:${referral.id}`, plan: null },
    now,
  )
  if (!extended) return
  await requestAccess(deps, em, extended.subscription.id, now)
  await queueNotification(
    deps,
    em,
    {
      customerId: referral.referrer_id,
      key: `referral:${referral.id}`,
      notification: {
        kind: 'referral_bonus',
        days,
        friendName: friend.firstName,
        trafficBytes: extended.stretch.trafficLimitBytes?.toString() ?? null,
      },
    },
    now,
  )
}

const claimBonus = prepared((db, { friendId, days, now }: Given<{ friendId: CustomerId; days: number; now: Date }>) =>
  db
    .updateTable('referrals')
    .set({ rewarded_at: now, bonus_days: days })
    .where('friend_id', '=', friendId)
    .where('rewarded_at', 'is', null)
    .returning(['id', 'referrer_id']),
)
