import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Currency, Id } from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'

/** A code that gives something to whoever redeems it: days, or money on the balance. */
export const PromoCodeEntity = defineEntity({
  name: 'PromoCode',
  tableName: 'promo_codes',
  checks: [{ name: 'promo_codes_one_gift', expression: '(days > 0) <> (amount_minor > 0)' }],
  properties: {
    id: id<Id<'promo'>>().primary(),
    /** In capital letters. */
    code: text().unique(),
    days: int(),
    amountMinor: bigint(),
    currency: text<Currency>(),
    uses: int(),
    /** Null: no end. */
    mostUses: int().strictNullable(),
    /** Only for whoever has not paid yet. */
    isForNewcomers: flag(),
    endsAt: at().strictNullable(),
    stoppedAt: at().strictNullable(),
    createdAt: at().index(),
  },
})
export type PromoCodeRow = InferEntity<typeof PromoCodeEntity>

/** Who redeemed what, once each. */
export const PromoUseEntity = defineEntity({
  name: 'PromoUse',
  tableName: 'promo_uses',
  properties: {
    promoId: () =>
      p
        .manyToOne(PromoCodeEntity)
        .mapToPk()
        .fieldName('promo_id')
        .deleteRule('no action')
        .updateRule('no action')
        .primary(),
    customerId: () =>
      p
        .manyToOne(CustomerEntity)
        .mapToPk()
        .fieldName('customer_id')
        .deleteRule('no action')
        .updateRule('no action')
        .primary()
        .index(),
    usedAt: at(),
  },
})
