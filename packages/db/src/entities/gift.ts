import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { GiftId, GiftState } from '@vpn-kiosk/domain'
import { at, bigint, id, int, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'
import { PaymentEntity } from './payment.ts'
import { PlanEntity } from './plan.ts'

/** Time that one customer paid for another, from the payment until somebody activates it, or nobody does. */
export const GiftEntity = defineEntity({
  name: 'Gift',
  tableName: 'gifts',
  indexes: [
    { properties: ['giverId', 'createdAt'] },
    {
      name: 'gifts_waiting',
      expression: `create index "gifts_waiting" on "gifts" ("ends_at") where "state" = 'waiting'`,
    },
  ],
  properties: {
    id: id<GiftId>().primary(),
    /** What the link carries. */
    code: text().unique(),
    /** What it is worth is the payment's price. */
    paymentId: () => p.manyToOne(PaymentEntity).mapToPk().fieldName('payment_id').unique(),
    giverId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('giver_id'),
    /** Who activated it. */
    recipientId: () =>
      p.manyToOne(CustomerEntity).mapToPk().fieldName('recipient_id').deleteRule('no action').strictNullable().index(),
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id'),
    /** What was agreed: later changes of the plan do not touch it. */
    days: int(),
    deviceLimit: int(),
    trafficLimitBytes: bigint().strictNullable(),
    state: text<GiftState>(),
    createdAt: at().index(),
    /** When nobody can activate it any more. */
    endsAt: at(),
    /** When the giver heard that it waits and ends soon. */
    remindedAt: at().strictNullable(),
    /** When it was activated, returned or refunded. */
    closedAt: at().strictNullable().index(),
  },
})
export type GiftRow = InferEntity<typeof GiftEntity>
