import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Id, PaymentId } from '@vpn-kiosk/domain'
import { at, id, int, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'

/** One row for each friend who came by a customer's link. The unique key makes sure that the bonus is paid once. */
export const ReferralEntity = defineEntity({
  name: 'Referral',
  tableName: 'referrals',
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
