import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Currency, Id, LocalizedText, PlanId } from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, json, text } from './columns.ts'
import { CustomerEntity } from './people.ts'

export const PlanEntity = defineEntity({
  name: 'Plan',
  tableName: 'plans',
  checks: [{ name: 'plans_price_not_negative', expression: 'price_minor >= 0 and days > 0' }],
  properties: {
    id: id<PlanId>().primary(),
    code: text().unique(),
    title: json<LocalizedText>(),
    days: int(),
    priceMinor: bigint(),
    currency: text<Currency>(),
    trafficLimitBytes: bigint().strictNullable(),
    deviceLimit: int(),
    isTrial: flag().default(false),
    isActive: flag().default(true),
    isPopular: flag().default(false),
    position: int(),
    createdAt: at(),
  },
})
export type PlanRow = InferEntity<typeof PlanEntity>

/** Codes that make a purchase cheaper or longer; filled by a later feature, referenced by orders already. */
export const PromoCodeEntity = defineEntity({
  name: 'PromoCode',
  tableName: 'promo_codes',
  properties: {
    id: id<Id<'promo'>>().primary(),
    code: text().unique(),
    discountPercent: int().strictNullable(),
    bonusDays: int().strictNullable(),
    useLimit: int().strictNullable(),
    validUntil: at().strictNullable(),
    createdAt: at(),
  },
})

/** A paid period that waits for whoever redeems its code. */
export const GiftEntity = defineEntity({
  name: 'Gift',
  tableName: 'gifts',
  properties: {
    id: id<Id<'gift'>>().primary(),
    code: text().unique(),
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id'),
    buyerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('buyer_id'),
    redeemedById: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('redeemed_by_id').strictNullable(),
    redeemedAt: at().strictNullable(),
    createdAt: at(),
  },
})

/** One row a friend who came by somebody's link: the unique key pays the bonus once. */
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
  },
})
export type ReferralRow = InferEntity<typeof ReferralEntity>
