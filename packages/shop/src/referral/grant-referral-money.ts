import { CustomerEntity, type EntityManager, OrderEntity, ReferralRewardEntity, sql } from '@vpn-kiosk/db'
import { bonusPosting, type CustomerId, type Id, type Money, money, rewardOf } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { StoredPayment } from '../payment/find-payment.ts'
import type { Offer } from '../setting/read-offer.ts'

interface Reward {
  readonly level: 1 | 2
  readonly referrerId: CustomerId
  readonly amount: Money
}

/** Puts the percent of a friend's payment on the balance of whoever invited them, and of whoever invited that one. */
export async function grantReferralMoney(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  { payment, offer }: { readonly payment: StoredPayment; readonly offer: Offer },
  now: Date,
): Promise<void> {
  const { referralPercent, referralPercentSecond, isReferralOfEach } = offer
  if (referralPercent === 0 && referralPercentSecond === 0) return
  const inviters = await lockInviters(em, payment.customerId)
  if (!inviters) return
  if (!isReferralOfEach && (await isRewarded(em, inviters.referralId))) return
  const paid = await paidIn(em, payment)
  const levels: readonly [1 | 2, Inviter | null, number][] = [
    [1, inviters.first, referralPercent],
    [2, inviters.second, referralPercentSecond],
  ]
  for (const [level, inviter, percent] of levels) {
    const amount = rewardOf(paid, percent)
    if (!inviter || inviter.isBanned || inviter.id === payment.customerId || amount.minor === 0n) continue
    await grant(
      deps,
      em,
      { payment, referralId: inviters.referralId, reward: { level, referrerId: inviter.id, amount } },
      now,
    )
  }
}

interface Inviter {
  readonly id: CustomerId
  readonly isBanned: boolean
}

interface Inviters {
  readonly referralId: Id<'referral'>
  readonly first: Inviter
  readonly second: Inviter | null
}

/** Two payments of one friend go one after another, so that one of them is the first. */
async function lockInviters(em: EntityManager, friendId: CustomerId): Promise<Inviters | null> {
  const row = await em
    .getKysely()
    .selectFrom('referrals as r')
    .innerJoin('customers as c', 'c.id', 'r.referrer_id')
    .leftJoin('customers as s', 's.id', 'c.referred_by_id')
    .select(['r.id', 'c.id as first_id', 's.id as second_id'])
    .select([
      sql<boolean>`c.banned_at is not null`.as('is_first_banned'),
      sql<boolean>`s.banned_at is not null`.as('is_second_banned'),
    ])
    .where('r.friend_id', '=', friendId)
    .forNoKeyUpdate('r')
    .executeTakeFirst()
  if (!row) return null
  return {
    referralId: row.id,
    first: { id: row.first_id, isBanned: row.is_first_banned },
    second: row.second_id ? { id: row.second_id, isBanned: row.is_second_banned } : null,
  }
}

/** Something of what this friend earned is still there: the first payment has been. */
const isRewarded = async (em: EntityManager, referralId: Id<'referral'>): Promise<boolean> =>
  (await em
    .getKysely()
    .selectFrom('referral_rewards')
    .select('payment_id')
    .where('referral_id', '=', referralId)
    .where(sql<boolean>`taken_minor + lost_minor < amount_minor`)
    .limit(1)
    .executeTakeFirst()) !== undefined

/** In the currency that the shop sells in: who collects in another one has the order's price in it. */
async function paidIn(em: EntityManager, { orderId, amountMinor, currency }: StoredPayment): Promise<Money> {
  const order = await em.findOneOrFail(OrderEntity, { id: orderId }, { fields: ['priceMinor', 'currency'] })
  return order.currency === currency ? money(amountMinor, currency) : money(order.priceMinor, order.currency)
}

interface Grant {
  readonly payment: StoredPayment
  readonly referralId: Id<'referral'>
  readonly reward: Reward
}

async function grant(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  { payment, referralId, reward }: Grant,
  now: Date,
): Promise<void> {
  const { level, referrerId, amount } = reward
  const { minor: amountMinor, currency } = amount
  const row = { paymentId: payment.id, level, referralId, referrerId, amountMinor, currency, givenAt: now }
  await em.insert(ReferralRewardEntity, row)
  const key = `referral:${payment.id}:${level}`
  const posting = { key, entries: bonusPosting(referrerId, amount) }
  await writePosting(em, { paymentId: payment.id, at: now, posting })
  const friend = await em.findOneOrFail(CustomerEntity, { id: payment.customerId }, { fields: ['firstName'] })
  const notification = {
    kind: 'referral_money',
    amount: { minor: String(amountMinor), currency },
    friendName: friend.firstName,
    level,
  } as const
  await queueNotification(deps, em, { customerId: referrerId, key, notification }, now)
}
