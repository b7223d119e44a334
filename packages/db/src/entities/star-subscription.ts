import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { at, bigint, flag } from './columns.ts'
import { CustomerEntity } from './customer.ts'
import { PaymentEntity } from './payment.ts'

/** Stars that Telegram charges a customer every 30 days. Named by its first payment, whose order is bought again. */
export const StarSubscriptionEntity = defineEntity({
  name: 'StarSubscription',
  tableName: 'star_subscriptions',
  indexes: [
    {
      name: 'star_subscriptions_untold',
      expression: `create index "star_subscriptions_untold" on "star_subscriptions" ("payment_id") where "is_canceled" <> "told_canceled"`,
    },
  ],
  properties: {
    paymentId: () => p.oneToOne(PaymentEntity).primary().mapToPk().fieldName('payment_id'),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id').index(),
    /** What was agreed: charged every time, whatever the plan costs by now. */
    amountMinor: bigint(),
    /** By the newest charge. */
    paidUntil: at(),
    /** Nothing more is to be charged. */
    isCanceled: flag().default(false),
    /** What Telegram was told last. */
    toldCanceled: flag().default(false),
    createdAt: at(),
  },
})
export type StarSubscriptionRow = InferEntity<typeof StarSubscriptionEntity>
