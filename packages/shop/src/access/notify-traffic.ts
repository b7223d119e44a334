import { anyOf, type EntityManager } from '@vpn-kiosk/db'
import {
  type CustomerId,
  type CustomerNotification,
  type Id,
  type SubscriptionId,
  type TrafficThreshold,
  trafficThresholds,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'
import { wants } from '../notification/wants.ts'
import { settleQueue } from '../subscription/settle-queue.ts'
import { closeMany } from './request-many.ts'

/** A subscription that has used much of the running stretch's allowance, or all of it. */
export interface NearLimit {
  readonly id: SubscriptionId
  readonly customer_id: CustomerId
  readonly stretch_id: Id<'period'> | null
  /** Another stretch waits. */
  readonly has_next: boolean
  readonly traffic_limit_bytes: string
  readonly traffic_used_bytes: string
  /** What add-ons gave the stretch, in gibibytes. */
  readonly added_gigabytes: number
}

/**
 * For subscriptions that the caller's transaction has locked. Where the allowance of a stretch is used up the next
 * stretch begins; without a next one the accesses are closed. The customer is told once an allowance, and warned at each
 * threshold if they want warnings.
 */
export async function notifyTraffic(
  deps: Pick<ShopDeps, 'queue' | 'clock'>,
  em: EntityManager,
  near: readonly NearLimit[],
): Promise<void> {
  if (near.length === 0) return
  const now = deps.clock.now()
  const isUsedUp = (one: NearLimit) => BigInt(one.traffic_used_bytes) >= BigInt(one.traffic_limit_bytes)
  const movedOn = new Set<SubscriptionId>()
  for (const { id } of near.filter((one) => isUsedUp(one) && one.has_next))
    if ((await settleQueue(deps, em, id, now)).isMoved) movedOn.add(id)
  const closed = near.filter((one) => isUsedUp(one) && !movedOn.has(one.id))
  const warned = await thoseWhoWant(
    em,
    near.filter((one) => !isUsedUp(one)),
  )
  const newlyClosed = await untold(em, closed)
  await closeMany(
    deps,
    em,
    newlyClosed.map(({ id }) => id),
    now,
  )
  await queueNotifications(
    deps,
    em,
    [
      ...near.filter(({ id }) => movedOn.has(id)).map((one) => request('started-early', one, 'stretch_started_early')),
      ...newlyClosed.map((one) => request('used_up', one, 'traffic_used_up')),
      ...warned.map(warningOf),
    ],
    now,
  )
}

/** Once a stretch, and again once an add-on has raised its allowance; a right without stretches is told once an allowance. */
const occasionOf = ({ id, stretch_id, traffic_limit_bytes, added_gigabytes }: NearLimit) =>
  `${id}:${stretch_id ?? traffic_limit_bytes}${added_gigabytes > 0 ? `+${added_gigabytes}` : ''}`

const request = (key: string, one: NearLimit, kind: 'traffic_used_up' | 'stretch_started_early') => ({
  customerId: one.customer_id,
  key: `${key}:${occasionOf(one)}`,
  notification: { kind, subscriptionId: one.id } satisfies CustomerNotification,
})

function warningOf(one: NearLimit) {
  const percent = highestReached(one)
  return {
    customerId: one.customer_id,
    key: `traffic:${occasionOf(one)}:${percent}`,
    notification: { kind: 'traffic_low', subscriptionId: one.id, percent } satisfies CustomerNotification,
  }
}

const highestReached = ({ traffic_used_bytes, traffic_limit_bytes }: NearLimit): TrafficThreshold =>
  trafficThresholds.findLast(
    (percent) => BigInt(traffic_used_bytes) * 100n >= BigInt(traffic_limit_bytes) * BigInt(percent),
  ) ?? trafficThresholds[0]

async function thoseWhoWant(em: EntityManager, near: readonly NearLimit[]): Promise<NearLimit[]> {
  if (near.length === 0) return []
  const customerIds = near.map((one) => one.customer_id)
  const rows = await em
    .getKysely()
    .selectFrom('customers as c')
    .select('c.id')
    .where('c.id', '=', anyOf(customerIds))
    .where(wants('traffic'))
    .execute()
  const willing = new Set(rows.map(({ id }) => id))
  return near.filter((one) => willing.has(one.customer_id))
}

/** Traffic that is still counted after the cut is no reason to cut again. */
async function untold(em: EntityManager, closed: readonly NearLimit[]): Promise<NearLimit[]> {
  if (closed.length === 0) return []
  const keys = closed.map((one) => `used_up:${occasionOf(one)}`)
  const told = await em.getKysely().selectFrom('notifications').select('key').where('key', '=', anyOf(keys)).execute()
  const known = new Set(told.map(({ key }) => key))
  return closed.filter((_, at) => !known.has(keys[at]!))
}
