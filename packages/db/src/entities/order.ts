import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Currency, OrderId, OrderKind, OrderState } from '@vpn-kiosk/domain'
import { at, bigint, id, int, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'
import { PlanEntity } from './plan.ts'

export const OrderEntity = defineEntity({
  name: 'Order',
  tableName: 'orders',
  uniques: [{ properties: ['customerId', 'requestId'] }],
  indexes: [{ properties: ['customerId', 'createdAt'] }, { properties: ['state', 'expiresAt'] }],
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
    days: int(),
    /** Null in orders of older processes, which sell the plan's limits as they are when it is paid. */
    deviceLimit: int().nullable(),
    /** Null is unlimited, where `deviceLimit` says that the order has limits of its own. */
    trafficLimitBytes: bigint().nullable(),
    /** Of the button that was pressed: the second press finds what the first one made. */
    requestId: text().nullable(),
    createdAt: at(),
    expiresAt: at(),
    paidAt: at().strictNullable(),
  },
})
export type OrderRow = InferEntity<typeof OrderEntity>
