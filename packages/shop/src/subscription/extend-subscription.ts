import { type EntityManager, type PlanRow, runStatement, type SubscriptionRow } from '@vpn-kiosk/db'
import { type CustomerId, extendedEnd, latest, mergedLimits, newId, randomText, standingOf } from '@vpn-kiosk/domain'

export interface Extension {
  readonly customerId: CustomerId
  readonly days: number
  /** Grants once: `payment:pay_…`, `trial:cus_…`, `referral:ref_…`, `admin:aud_…`. */
  readonly key: string
  /** Whose limits come with it; null = more time on the limits there are. */
  readonly plan: Pick<PlanRow, 'id' | 'isTrial' | 'trafficLimitBytes' | 'deviceLimit'> | null
}

export interface Extended {
  readonly subscription: Pick<SubscriptionRow, 'id' | 'state' | 'endsAt'>
  /** Whether the customer could connect just before. */
  readonly wasRunning: boolean
}

const defaultDeviceLimit = 3

/**
 * Adds time to a customer's right, making the subscription where there is none. Null when this key was granted
 * before. Runs in the caller's transaction and keeps the row locked until it ends. Who is banned gets the time, suspended.
 */
export async function extendSubscription(em: EntityManager, extension: Extension, now: Date): Promise<Extended | null> {
  const { subscription: before, isBanned } = await lockSubscription(em, extension.customerId, now)
  const standing = standingOf(before, now)
  const wasRunning = standing === 'active' || standing === 'traffic_used_up'
  const subscription: Subscription = {
    ...before,
    startsAt: wasRunning ? before.startsAt : now,
    endsAt: extendedEnd(now, before.endsAt, extension.days),
    state: isBanned || before.state === 'suspended' ? 'suspended' : 'active',
    ...(extension.plan ? limitsUnder(before, extension.plan, wasRunning) : {}),
  }
  const periodStartsAt = before.endsAt ? latest(now, before.endsAt) : now
  const isGranted = await grantOnce(em, extension, subscription, periodStartsAt, now)
  return isGranted ? { subscription, wasRunning } : null
}

type Subscription = Pick<
  SubscriptionRow,
  | 'id'
  | 'state'
  | 'isTrial'
  | 'planId'
  | 'startsAt'
  | 'endsAt'
  | 'trafficLimitBytes'
  | 'trafficUsedBytes'
  | 'deviceLimit'
>

function limitsUnder(before: Subscription, plan: NonNullable<Extension['plan']>, wasRunning: boolean) {
  const { trafficLimitBytes, deviceLimit, trafficUsedBytes: usedBytes } = before
  // A trial's allowance is a taste, not something bought: a purchase on top of it starts from the plan's own limits.
  const limits = mergedLimits({ trafficLimitBytes, deviceLimit, usedBytes }, plan, wasRunning && !before.isTrial)
  return { ...limits, planId: plan.id, isTrial: plan.isTrial }
}

interface Locked extends Pick<SubscriptionRow, 'id' | 'state'> {
  readonly is_trial: boolean
  readonly plan_id: SubscriptionRow['planId']
  readonly starts_at: Date | string | null
  readonly ends_at: Date | string | null
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string
  readonly device_limit: number
  readonly is_banned: boolean
}

/**
 * Made where there is none, and locked either way: writing a value over itself is how a row that was there is locked
 * and returned as it is now. The customer is locked before it, so that a ban and an extension at once see one another.
 */
async function lockSubscription(
  em: EntityManager,
  customerId: CustomerId,
  now: Date,
): Promise<{ subscription: Subscription; isBanned: boolean }> {
  const [row] = await runStatement<Locked>(
    em,
    `with customer as materialized (select id, banned_at is not null as is_banned from customers where id = $1 for share)
     insert into subscriptions as s (id, customer_id, state, is_trial, traffic_used_bytes, device_limit, token, created_at)
     select $2, customer.id, 'pending', false, 0, $3, $4, $5 from customer
     on conflict (customer_id) do update set device_limit = s.device_limit
     returning s.id, s.state, s.is_trial, s.plan_id, s.starts_at, s.ends_at, s.traffic_limit_bytes, s.traffic_used_bytes,
       s.device_limit, (select is_banned from customer)`,
    [customerId, newId('subscription'), defaultDeviceLimit, randomText(32), now],
  )
  if (!row) throw new Error(`there is no customer ${customerId}`)
  const subscription = {
    id: row.id,
    state: row.state,
    isTrial: row.is_trial,
    planId: row.plan_id,
    startsAt: row.starts_at === null ? null : new Date(row.starts_at),
    endsAt: row.ends_at === null ? null : new Date(row.ends_at),
    trafficLimitBytes: row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes),
    trafficUsedBytes: BigInt(row.traffic_used_bytes),
    deviceLimit: row.device_limit,
  }
  return { subscription, isBanned: row.is_banned }
}

/** The period and what it makes of the subscription are one statement; false when the key was granted before. */
async function grantOnce(
  em: EntityManager,
  { key, days, plan }: Extension,
  after: Subscription,
  periodStartsAt: Date,
  now: Date,
): Promise<boolean> {
  const granted = await runStatement(
    em,
    `with period as (
       insert into subscription_periods (id, subscription_id, plan_id, key, days, starts_at, ends_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing returning subscription_id
     )
     update subscriptions s set plan_id = $9, state = $10, is_trial = $11, starts_at = $12, ends_at = $7,
       traffic_limit_bytes = $13, device_limit = $14
     from period where s.id = period.subscription_id returning s.id`,
    [
      newId('period'),
      after.id,
      plan?.id ?? null,
      key,
      days,
      periodStartsAt,
      after.endsAt,
      now,
      after.planId,
      after.state,
      after.isTrial,
      after.startsAt,
      after.trafficLimitBytes,
      after.deviceLimit,
    ],
  )
  return granted.length > 0
}
