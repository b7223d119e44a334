import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Currency, DiscountCause, Id, PlanId } from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, json, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'

/** Codes that were made together, for as many people. */
export const PromoBatchEntity = defineEntity({
  name: 'PromoBatch',
  tableName: 'promo_batches',
  properties: {
    id: id<Id<'batch'>>().primary(),
    /** Of the button that was pressed: pressed again, it makes nothing new. */
    requestId: text().unique(),
    /** What each code begins with; empty where nothing is common to them. */
    prefix: text(),
    count: int(),
    stoppedAt: at().strictNullable(),
    createdAt: at().index(),
  },
})

/** A code that gives something to whoever redeems it: days, money on the balance, or something off the next purchase. */
export const PromoCodeEntity = defineEntity({
  name: 'PromoCode',
  tableName: 'promo_codes',
  checks: [
    {
      name: 'promo_codes_gives_one',
      expression: '(days > 0)::int + (amount_minor > 0)::int + (percent > 0)::int + (off_minor > 0)::int = 1',
    },
  ],
  indexes: [
    {
      name: 'promo_codes_batch',
      expression: `create index "promo_codes_batch" on "promo_codes" ("batch_id", "code") where "batch_id" is not null`,
    },
  ],
  properties: {
    id: id<Id<'promo'>>().primary(),
    /** In capital letters. */
    code: text().unique(),
    days: int(),
    amountMinor: bigint(),
    /** Off the next purchase. */
    percent: int().default(0),
    offMinor: bigint().default('0'),
    currency: text<Currency>(),
    /** Of what is off a purchase: orders that are paid, or may still be. */
    uses: int(),
    /** Null: no end. */
    mostUses: int().strictNullable(),
    /** By one customer. */
    mostUsesEach: int().default(1),
    /** Only for whoever has not paid yet. */
    isForNewcomers: flag(),
    /** Off which plans; null: off all. */
    planIds: json<readonly PlanId[]>().nullable(),
    startsAt: at().nullable(),
    endsAt: at().strictNullable(),
    stoppedAt: at().strictNullable(),
    createdAt: at().index(),
    /** Of codes that were made together. */
    batchId: () =>
      p
        .manyToOne(PromoBatchEntity)
        .mapToPk()
        .fieldName('batch_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
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

/** Something off that a customer has, until it is used, dropped or over: at most one of each cause. */
export const HeldDiscountEntity = defineEntity({
  name: 'HeldDiscount',
  tableName: 'held_discounts',
  indexes: [
    {
      name: 'held_discounts_group',
      expression: 'create index "held_discounts_group" on "held_discounts" ("group_id") where "group_id" is not null',
    },
  ],
  properties: {
    customerId: () =>
      p
        .manyToOne(CustomerEntity)
        .mapToPk()
        .fieldName('customer_id')
        .deleteRule('no action')
        .updateRule('no action')
        .primary(),
    cause: p.text().$type<DiscountCause>().primary(),
    /** Of a code, which says what is off. */
    promoId: () =>
      p
        .manyToOne(PromoCodeEntity)
        .mapToPk()
        .fieldName('promo_id')
        .deleteRule('no action')
        .updateRule('no action')
        .strictNullable(),
    /** Of a group, which says what is off. */
    groupId: p.text().nullable(),
    /** Of anything else. */
    percent: int().default(0),
    heldAt: at(),
    endsAt: at().strictNullable(),
  },
})
export type HeldDiscountRow = InferEntity<typeof HeldDiscountEntity>
