import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Currency, Id, PaymentId } from '@vpn-kiosk/domain'
import { at, bigint, id, int, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'
import { PaymentEntity } from './payment.ts'

/** One row for each friend who came by a customer's link. The unique key makes sure that the bonus is paid once. */
export const ReferralEntity = defineEntity({
  name: 'Referral',
  tableName: 'referrals',
  indexes: [
    {
      name: 'referrals_rewarded',
      expression: 'create index "referrals_rewarded" on "referrals" ("rewarded_at") where "rewarded_at" is not null',
    },
  ],
  properties: {
    id: id<Id<'referral'>>().primary(),
    referrerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('referrer_id').index(),
    friendId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('friend_id').unique(),
    joinedAt: at(),
    /** Set by the friend's first payment. */
    rewardedAt: at().strictNullable(),
    bonusDays: int().strictNullable(),
    /** The payment that earned the bonus; null where a process of an earlier commit gave it. */
    paymentId: text<PaymentId>().nullable(),
  },
})
export type ReferralRow = InferEntity<typeof ReferralEntity>

/**
 * What a friend's payment brought on the balance of whoever invited them (level 1), and of whoever invited that one
 * (level 2). `takenMinor` came back with a refund; `lostMinor` could not: the balance was spent.
 */
export const ReferralRewardEntity = defineEntity({
  name: 'ReferralReward',
  tableName: 'referral_rewards',
  checks: [
    {
      name: 'referral_rewards_within',
      expression: 'taken_minor >= 0 and lost_minor >= 0 and taken_minor + lost_minor <= amount_minor',
    },
  ],
  properties: {
    paymentId: () => p.manyToOne(PaymentEntity).mapToPk().fieldName('payment_id').primary(),
    level: int().primary(),
    referralId: () => p.manyToOne(ReferralEntity).mapToPk().fieldName('referral_id').index(),
    referrerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('referrer_id').index(),
    amountMinor: bigint(),
    currency: text<Currency>(),
    takenMinor: bigint().defaultRaw('0'),
    lostMinor: bigint().defaultRaw('0'),
    givenAt: at(),
  },
})
