import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Currency, DiscountCause, OrderId, OrderKind, OrderState } from '@vpn-kiosk/domain'
import { AddonEntity } from './addon.ts'
import { at, bigint, flag, id, int, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'
import { PlanEntity } from './plan.ts'
import { PromoCodeEntity } from './promo.ts'
import { PeriodEntity } from './subscription.ts'

export const OrderEntity = defineEntity({
  name: 'Order',
  tableName: 'orders',
  uniques: [{ properties: ['customerId', 'requestId'] }],
  indexes: [
    { properties: ['customerId', 'createdAt'] },
    { properties: ['state', 'expiresAt'] },
    {
      name: 'orders_promo_taken',
      expression: `create index "orders_promo_taken" on "orders" ("customer_id", "promo_id") where "promo_taken"`,
    },
    {
      name: 'orders_promo_unpaid',
      expression: `create index "orders_promo_unpaid" on "orders" ("expires_at") where "promo_taken" and "state" = 'expired'`,
    },
    {
      name: 'orders_discounted',
      expression: `create index "orders_discounted" on "orders" ("paid_at") where "discount_minor" > 0`,
    },
  ],
  properties: {
    id: id<OrderId>().primary(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id'),
    kind: text<OrderKind>().default('plan'),
    /** Of a top-up: what is bought once the money is there; null where nothing is. */
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id').deleteRule('no action').strictNullable(),
    state: text<OrderState>(),
    /** What was agreed: later changes of the plan do not touch it. */
    priceMinor: bigint(),
    currency: text<Currency>(),
    /** What is off the list price, which is both together; of a top-up, what is off the plan that it buys. */
    discountMinor: bigint().default('0'),
    discountCause: text<DiscountCause>().nullable(),
    promoId: () =>
      p
        .manyToOne(PromoCodeEntity)
        .mapToPk()
        .fieldName('promo_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    /** The order counts as a use of its code: until it can no longer be paid, and for ever once it is. */
    promoTaken: flag().default(false),
    days: int(),
    /** Null in orders of older processes, which sell the plan's limits as they are when it is paid. */
    deviceLimit: int().nullable(),
    /** Null is unlimited, where `deviceLimit` says that the order has limits of its own. */
    trafficLimitBytes: bigint().nullable(),
    /** A top-up that buys its plan for somebody else. */
    buysGift: flag().default(false),
    /** Of an add-on, and of a top-up that buys one: which, and the stretch that ran when it was ordered. */
    addonId: () =>
      p
        .manyToOne(AddonEntity)
        .mapToPk()
        .fieldName('addon_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    addonPeriodId: () =>
      p
        .manyToOne(PeriodEntity)
        .mapToPk()
        .fieldName('addon_period_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    /** Of the button that was pressed: the second press finds what the first one made. */
    requestId: text().nullable(),
    createdAt: at(),
    expiresAt: at(),
    paidAt: at().strictNullable(),
  },
})
export type OrderRow = InferEntity<typeof OrderEntity>
