import { CustomerEntity, type EntityManager, type Given, prepared } from '@vpn-kiosk/db'
import type { CustomerId, Id, PaymentId } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { StoredPayment } from '../payment/find-payment.ts'
import type { Offer } from '../setting/read-offer.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'

export type GrantReferralBonusDeps = Pick<ShopDeps, 'db' | 'queue' | 'drivers' | 'vault' | 'policy'>

/** The key of the stretch that a bonus is. */
export const bonusKey = (referral: Id<'referral'>, payment: PaymentId): string => `referral:${referral}:${payment}`

/** The key of the stretch that the friend was given. */
export const friendKey = (referral: Id<'referral'>, payment: PaymentId): string => `invited:${referral}:${payment}`

/**
 * Gives bonus days to whoever brought this customer, and to the customer: at the friend's first purchase, and again only
 * once that has been given back.
 */
export async function grantReferralBonus(
  deps: GrantReferralBonusDeps,
  em: EntityManager,
  { payment, offer }: { readonly payment: StoredPayment; readonly offer: Offer },
  now: Date,
): Promise<void> {
  const { id: paymentId, customerId: friendId } = payment
  const [referral] = await claimBonus(em, { friendId, paymentId, days: offer.referralBonusDays, now })
  if (!referral) return
  const given = { referralId: referral.id, paymentId }
  if (offer.friendBonusDays > 0) await giveFriend(deps, em, { ...given, friendId, days: offer.friendBonusDays }, now)
  if (offer.referralBonusDays <= 0) return
  const { firstName: friendName } = await em.findOneOrFail(CustomerEntity, { id: friendId })
  const inviter = { ...given, inviterId: referral.referrer_id, days: offer.referralBonusDays, friendName }
  await giveInviter(deps, em, inviter, now)
}

interface GivenDays {
  readonly referralId: Id<'referral'>
  readonly paymentId: PaymentId
  readonly days: number
}

async function giveInviter(
  deps: GrantReferralBonusDeps,
  em: EntityManager,
  given: GivenDays & { readonly inviterId: CustomerId; readonly friendName: string },
  now: Date,
): Promise<void> {
  const { inviterId: customerId, days, friendName } = given
  const key = bonusKey(given.referralId, given.paymentId)
  const extended = await extendSubscription(em, { customerId, days, key, plan: null }, now)
  if (!extended) return
  await requestAccess(deps, em, extended.subscription.id, now)
  const trafficBytes = extended.stretch.trafficLimitBytes?.toString() ?? null
  const notification = { kind: 'referral_bonus', days, friendName, trafficBytes } as const
  await queueNotification(deps, em, { customerId, key, notification }, now)
}

async function giveFriend(
  deps: GrantReferralBonusDeps,
  em: EntityManager,
  given: GivenDays & { readonly friendId: CustomerId },
  now: Date,
): Promise<void> {
  const { friendId: customerId, days } = given
  const key = friendKey(given.referralId, given.paymentId)
  const extended = await extendSubscription(em, { customerId, days, key, plan: null }, now)
  if (!extended) return
  await requestAccess(deps, em, extended.subscription.id, now)
  await queueNotification(deps, em, { customerId, key, notification: { kind: 'invited_bonus', days } }, now)
}

interface Claim {
  readonly friendId: CustomerId
  readonly paymentId: PaymentId
  readonly days: number
  readonly now: Date
}

/** Also where no days are given: the first purchase has been, whatever the shop offers later. */
const claimBonus = prepared((db, { friendId, paymentId, days, now }: Given<Claim>) =>
  db
    .updateTable('referrals')
    .set({ rewarded_at: now, bonus_days: days, payment_id: paymentId })
    .where('friend_id', '=', friendId)
    .where('rewarded_at', 'is', null)
    .returning(['id', 'referrer_id']),
)
