import { defineEntity, type InferEntity } from '@mikro-orm/core'
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
