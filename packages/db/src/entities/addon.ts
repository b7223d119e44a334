import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { AddonId, AddonKind, Currency } from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, text } from './columns.ts'

/** More devices or traffic, sold on top of a plan. Kind and amount never change: what was sold stays what it was. */
export const AddonEntity = defineEntity({
  name: 'Addon',
  tableName: 'addons',
  checks: [{ name: 'addons_worth_something', expression: 'price_minor > 0 and amount > 0' }],
  properties: {
    id: id<AddonId>().primary(),
    /** Of the button that made it: pressed twice, it makes one. */
    requestId: text().unique(),
    kind: text<AddonKind>(),
    /** Devices, or gibibytes. */
    amount: int(),
    priceMinor: bigint(),
    currency: text<Currency>(),
    isActive: flag(),
    createdAt: at(),
  },
})
export type AddonRow = InferEntity<typeof AddonEntity>

/** What an add-on costs in a currency that is not its own. */
export const AddonPriceEntity = defineEntity({
  name: 'AddonPrice',
  tableName: 'addon_prices',
  checks: [{ name: 'addon_prices_amount_positive', expression: 'amount_minor > 0' }],
  properties: {
    addonId: () => p.manyToOne(AddonEntity).mapToPk().fieldName('addon_id').primary(),
    currency: p.text().$type<Currency>().primary(),
    amountMinor: bigint(),
  },
})
