import { type EntityManager, LockMode, type PlanRow, SubscriptionEntity, type SubscriptionRow } from '@vpn-kiosk/db'
import { type CustomerId, extendedEnd, latest, mergedLimits, newId, randomText, standingOf } from '@vpn-kiosk/domain'

export interface Extension {
  readonly customerId: CustomerId
  readonly days: number
  /** Grants once: `payment:pay_…`, `trial:cus_…`, `referral:ref_…`, `admin:aud_…`. */
  readonly key: string
  /** Whose limits come with it; null = more time on the limits there are. */
  readonly plan: PlanRow | null
}

export interface Extended {
  readonly subscription: SubscriptionRow
  /** Whether the customer could connect just before. */
  readonly wasRunning: boolean
}

const defaultDeviceLimit = 3

/**
 * Adds time to a customer's right, making the subscription where there is none. Null when this key was granted
 * before. Runs in the caller's transaction and keeps the row locked until it ends. Who is banned gets the time, suspended.
 */
export async function extendSubscription(em: EntityManager, extension: Extension, now: Date): Promise<Extended | null> {
  const isBanned = await isCustomerBanned(em, extension.customerId)
  const subscription = await lockSubscription(em, extension.customerId, now)
  const startsAt = subscription.endsAt ? latest(now, subscription.endsAt) : now
  const endsAt = extendedEnd(now, subscription.endsAt, extension.days)
  const granted = await em.execute<{ id: string }[]>(
    `insert into subscription_periods (id, subscription_id, plan_id, key, days, starts_at, ends_at, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing returning id`,
    [
      newId('period'),
      subscription.id,
      extension.plan?.id ?? null,
      extension.key,
      extension.days,
      startsAt,
      endsAt,
      now,
    ],
  )
  if (granted.length === 0) return null

  const wasRunning = standingOf(subscription, now) === 'active' || standingOf(subscription, now) === 'traffic_used_up'
  subscription.startsAt = wasRunning ? subscription.startsAt : now
  subscription.endsAt = endsAt
  if (isBanned) subscription.state = 'suspended'
  else if (subscription.state !== 'suspended') subscription.state = 'active'
  if (extension.plan) applyPlan(subscription, extension.plan, wasRunning)
  await em.flush()
  return { subscription, wasRunning }
}

function applyPlan(subscription: SubscriptionRow, plan: PlanRow, wasRunning: boolean): void {
  const current = {
    trafficLimitBytes: subscription.trafficLimitBytes,
    deviceLimit: subscription.deviceLimit,
    usedBytes: subscription.trafficUsedBytes,
  }
  // A trial's allowance is a taste, not something bought: a purchase on top of it starts from the plan's own limits.
  const limits = mergedLimits(current, plan, wasRunning && !subscription.isTrial)
  subscription.trafficLimitBytes = limits.trafficLimitBytes
  subscription.deviceLimit = limits.deviceLimit
  subscription.planId = plan.id
  subscription.isTrial = plan.isTrial
}

/** Locked against a change until the transaction ends, so that a ban and an extension at once see one another. */
async function isCustomerBanned(em: EntityManager, id: CustomerId): Promise<boolean> {
  const [row] = await em.execute<{ is_banned: boolean }[]>(
    'select banned_at is not null as is_banned from customers where id = ? for share',
    [id],
  )
  return row?.is_banned === true
}

async function lockSubscription(em: EntityManager, customerId: CustomerId, now: Date): Promise<SubscriptionRow> {
  await em.execute(
    `insert into subscriptions (id, customer_id, state, is_trial, traffic_used_bytes, device_limit, token, created_at)
     values (?, ?, 'pending', false, 0, ?, ?, ?) on conflict (customer_id) do nothing`,
    [newId('subscription'), customerId, defaultDeviceLimit, randomText(32), now],
  )
  return em.findOneOrFail(SubscriptionEntity, { customerId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
}
