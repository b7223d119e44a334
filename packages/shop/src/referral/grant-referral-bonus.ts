import { CustomerEntity, type EntityManager, type Given, prepared } from '@vpn-kiosk/db'
import type { CustomerId, Id, PaymentId } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { readOffer } from '../setting/read-offer.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'

export type GrantReferralBonusDeps = Pick<ShopDeps, 'db' | 'queue' | 'drivers' | 'vault' | 'policy'>

/** The key of the stretch that a bonus is. */
export const bonusKey = (referral: Id<'referral'>, payment: PaymentId): string => `referral:${referral}:${payment}`

/**
 * Gives whoever brought this customer their bonus days: at the friend's first payment, and again only once that has been
 * given back.
 */
export async function grantReferralBonus(
  deps: GrantReferralBonusDeps,
  em: EntityManager,
  { id: paymentId, customerId: friendId }: { readonly id: PaymentId; readonly customerId: CustomerId },
  now: Date,
): Promise<void> {
  const { referralBonusDays: days } = await readOffer(deps, em)
  if (days <= 0) return
  const [referral] = await claimBonus(em, { friendId, paymentId, days, now })
  if (!referral) return
  const friend = await em.findOneOrFail(CustomerEntity, { id: friendId })
  const extended = await extendSubscription(
    em,
    { customerId: referral.referrer_id, days, key: bonusKey(referral.id, paymentId), plan: null },
    now,
  )
  if (!extended) return
  await requestAccess(deps, em, extended.subscription.id, now)
  await queueNotification(
    deps,
    em,
    {
      customerId: referral.referrer_id,
      key: bonusKey(referral.id, paymentId),
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

interface Claim {
  readonly friendId: CustomerId
  readonly paymentId: PaymentId
  readonly days: number
  readonly now: Date
}

const claimBonus = prepared((db, { friendId, paymentId, days, now }: Given<Claim>) =>
  db
    .updateTable('referrals')
    .set({ rewarded_at: now, bonus_days: days, payment_id: paymentId })
    .where('friend_id', '=', friendId)
    .where('rewarded_at', 'is', null)
    .returning(['id', 'referrer_id']),
)
