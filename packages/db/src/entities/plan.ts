import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Currency, LocalizedText, PlanId } from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, json, text } from './columns.ts'

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

/** What a plan costs in a currency that is not its own. */
export const PlanPriceEntity = defineEntity({
  name: 'PlanPrice',
  tableName: 'plan_prices',
  checks: [{ name: 'plan_prices_amount_positive', expression: 'amount_minor > 0' }],
  properties: {
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id').primary(),
    currency: p.text().$type<Currency>().primary(),
    amountMinor: bigint(),
  },
})
