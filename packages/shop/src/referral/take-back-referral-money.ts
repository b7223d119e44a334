import { type EntityManager, ReferralRewardEntity, sql } from '@vpn-kiosk/db'
import { bonusBackPosting, type Id, money, type PaymentId, rewardDueBack } from '@vpn-kiosk/domain'
import { lockBalance } from '../balance/lock-balance.ts'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { queueNotification } from '../notification/queue-notification.ts'

export interface RefundedShare {
  readonly paymentId: PaymentId
  readonly refundId: Id<'refund'>
  /** All that was given back by now, of all that was paid; in minor units. */
  readonly refunded: bigint
  readonly paid: bigint
}

/**
 * Takes back what the given-back part of a payment had earned its customer's inviters, as far as it is on their balances:
 * none goes below zero, and what was spent is the shop's loss. In the caller's transaction.
 */
export async function takeBackReferralMoney(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  { paymentId, refundId, refunded, paid }: RefundedShare,
  now: Date,
): Promise<void> {
  const rewards = await lockRewards(em, paymentId)
  for (const { level, referrer_id: referrerId, currency, ...row } of rewards) {
    const settled = BigInt(row.taken_minor) + BigInt(row.lost_minor)
    const due = rewardDueBack(BigInt(row.amount_minor), refunded, paid) - settled
    if (due <= 0n) continue
    const balance = await lockBalance(em, referrerId, currency)
    const taken = balance.minor <= 0n ? 0n : balance.minor < due ? balance.minor : due
    await em.nativeUpdate(
      ReferralRewardEntity,
      { paymentId, level },
      {
        takenMinor: BigInt(row.taken_minor) + taken,
        lostMinor: BigInt(row.lost_minor) + due - taken,
      },
    )
    if (taken === 0n) continue
    const key = `referral:${refundId}:${level}`
    const posting = { key, entries: bonusBackPosting(referrerId, money(taken, currency)) }
    await writePosting(em, { paymentId, at: now, posting })
    const notification = { kind: 'referral_money_taken', amount: { minor: String(taken), currency } } as const
    await queueNotification(deps, em, { customerId: referrerId, key, notification }, now)
  }
}

/** In the order of levels: whoever locks two inviters locks the nearer one first. */
const lockRewards = (em: EntityManager, paymentId: PaymentId) =>
  em
    .getKysely()
    .selectFrom('referral_rewards')
    .select(['level', 'referrer_id', 'amount_minor', 'currency', 'taken_minor', 'lost_minor'])
    .where('payment_id', '=', paymentId)
    .where(sql<boolean>`taken_minor + lost_minor < amount_minor`)
    .orderBy('level')
    .forNoKeyUpdate()
    .execute()
