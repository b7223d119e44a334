import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Id, SubscriptionId, SubscriptionState } from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'
import { PlanEntity } from './plan.ts'

/** What a customer has a right to. Each customer has one subscription, so that the link never changes. */
export const SubscriptionEntity = defineEntity({
  name: 'Subscription',
  tableName: 'subscriptions',
  indexes: [
    { properties: ['state', 'endsAt'] },
    {
      name: 'subscriptions_next_stretch',
      expression: `create index "subscriptions_next_stretch" on "subscriptions" ("stretch_ends_at") where "stretch_ends_at" < "ends_at"`,
    },
    {
      name: 'subscriptions_early',
      expression: `create index "subscriptions_early" on "subscriptions" ("stretch_starts_at") where "state" <> 'frozen'`,
    },
    {
      name: 'subscriptions_frozen',
      expression: `create index "subscriptions_frozen" on "subscriptions" ("stretch_starts_at") where "state" = 'frozen'`,
    },
    {
      name: 'subscriptions_trials',
      expression: `create index "subscriptions_trials" on "subscriptions" ("ends_at") where "is_trial" and "state" = 'active'`,
    },
    {
      name: 'subscriptions_surplus',
      expression: `create index "subscriptions_surplus" on "subscriptions" ("surplus_closes_at") where "surplus_closes_at" is not null`,
    },
  ],
  properties: {
    id: id<SubscriptionId>().primary(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id').unique(),
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id').strictNullable(),
    state: text<SubscriptionState>(),
    isTrial: flag(),
    /** Since when it has run without a pause, and when its last stretch ends. */
    startsAt: at().strictNullable(),
    endsAt: at().strictNullable(),
    /** The running stretch, and its figures: they hold now. What it has used is counted here, and written to its row when it ends. */
    stretchId: text<Id<'period'>>().strictNullable(),
    stretchStartsAt: at().strictNullable(),
    stretchEndsAt: at().strictNullable(),
    trafficLimitBytes: bigint().strictNullable(),
    trafficUsedBytes: bigint(),
    deviceLimit: int(),
    /** There are more devices than the limit allows: until then the customer may choose which of them stay. */
    surplusClosesAt: at().strictNullable(),
    /** The public link's token: 128 random bits or more; can be reissued. */
    token: text().unique(),
    createdAt: at(),
  },
})
export type SubscriptionRow = InferEntity<typeof SubscriptionEntity>

/** Customers who have a running right but no working access. The first working access deletes the row. */
export const PendingDeliveryEntity = defineEntity({
  name: 'PendingDelivery',
  tableName: 'pending_deliveries',
  indexes: [
    {
      name: 'pending_deliveries_awaiting_room',
      expression:
        'create index "pending_deliveries_awaiting_room" on "pending_deliveries" ("is_trial", "since") where "awaits_room"',
    },
  ],
  properties: {
    subscriptionId: () => p.oneToOne(SubscriptionEntity).primary().mapToPk().fieldName('subscription_id'),
    isTrial: flag(),
    since: at().index(),
    /** No endpoint had room: gets the next place that there is, who paid first, the oldest first. */
    awaitsRoom: flag(),
  },
})

/**
 * The queue of stretches, what has ended included (see `domain/subscription/stretch.ts`). The unique key grants each
 * once: `payment:pay_…`, `trial:cus_…`, `referral:ref_…`. A row without a device limit was written by a process that
 * knew no stretches yet; a sweep gives it its limits.
 */
export const PeriodEntity = defineEntity({
  name: 'Period',
  tableName: 'subscription_periods',
  indexes: [
    { properties: ['subscriptionId', 'endsAt'] },
    {
      name: 'subscription_periods_without_limits',
      expression: `create index "subscription_periods_without_limits" on "subscription_periods" ("subscription_id") where "device_limit" is null`,
    },
  ],
  properties: {
    id: id<Id<'period'>>().primary(),
    subscriptionId: () => p.manyToOne(SubscriptionEntity).mapToPk().fieldName('subscription_id').index(),
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id').strictNullable(),
    key: text().unique(),
    days: int(),
    startsAt: at(),
    endsAt: at(),
    isTrial: flag().default(false),
    trafficLimitBytes: bigint().strictNullable(),
    trafficUsedBytes: bigint().defaultRaw('0'),
    deviceLimit: int().strictNullable(),
    /** The time that was sold or given, and that the allowance was meant for. */
    lengthMs: bigint().strictNullable(),
    createdAt: at(),
  },
})
