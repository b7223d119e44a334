import { type EntityManager, runStatement, type SubscriptionRow } from '@vpn-kiosk/db'
import {
  addMs,
  addStretch,
  bareTerms,
  type CustomerId,
  dayMs,
  daysMs,
  type Id,
  isBefore,
  lastStretch,
  newId,
  type PlanId,
  randomText,
  runningStretch,
  type Stretch,
  type StretchTerms,
  type SubscriptionId,
  surplusGraceMs,
} from '@vpn-kiosk/domain'

/** The subscription's own row: what holds now. */
export type LockedSubscription = Pick<
  SubscriptionRow,
  | 'id'
  | 'customerId'
  | 'state'
  | 'isTrial'
  | 'planId'
  | 'startsAt'
  | 'endsAt'
  | 'stretchId'
  | 'trafficLimitBytes'
  | 'trafficUsedBytes'
  | 'deviceLimit'
>

const defaultDeviceLimit = 3

interface LockedRow extends Pick<SubscriptionRow, 'id' | 'state'> {
  readonly customer_id: CustomerId
  readonly is_trial: boolean
  readonly plan_id: PlanId | null
  readonly starts_at: Date | string | null
  readonly ends_at: Date | string | null
  readonly stretch_id: SubscriptionRow['stretchId']
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string
  readonly device_limit: number
}

const columns = `s.id, s.customer_id, s.state, s.is_trial, s.plan_id, s.starts_at, s.ends_at, s.stretch_id, s.traffic_limit_bytes,
  s.traffic_used_bytes, s.device_limit`

/**
 * A customer's subscription, made where there is none, and locked either way: writing a value over itself is how a row
 * that was there is locked and returned as it is now. The customer is locked before it, so that a ban and an extension
 * at once see one another.
 */
export async function lockOrCreateSubscription(
  em: EntityManager,
  customerId: CustomerId,
  now: Date,
): Promise<{ readonly subscription: LockedSubscription; readonly isBanned: boolean }> {
  const [row] = await runStatement<LockedRow & { readonly is_banned: boolean }>(
    em,
    `with customer as materialized (select id, banned_at is not null as is_banned from customers where id = $1 for share)
     insert into subscriptions as s (id, customer_id, state, is_trial, traffic_used_bytes, device_limit, token, created_at)
     select $2, customer.id, 'pending', false, 0, $3, $4, $5 from customer
     on conflict (customer_id) do update set device_limit = s.device_limit
     returning ${columns}, (select is_banned from customer)`,
    [customerId, newId('subscription'), defaultDeviceLimit, randomText(32), now],
  )
  if (!row) throw new Error(`there is no customer ${customerId}`)
  return { subscription: toSubscription(row), isBanned: row.is_banned }
}

/** One subscription, locked; null when there is none of this id. */
export const lockSubscription = (em: EntityManager, id: SubscriptionId): Promise<LockedSubscription | null> =>
  readSubscription(em, `select ${columns} from subscriptions s where s.id = $1 for no key update`, id)

/** The same for who only looks. */
export const findSubscription = (em: EntityManager, id: SubscriptionId): Promise<LockedSubscription | null> =>
  readSubscription(em, `select ${columns} from subscriptions s where s.id = $1`, id)

async function readSubscription(em: EntityManager, text: string, id: SubscriptionId) {
  const [row] = await runStatement<LockedRow>(em, text, [id])
  return row ? toSubscription(row) : null
}

const toDate = (at: Date | string | null): Date | null => (at === null ? null : new Date(at))
const toBytes = (text: string | null): bigint | null => (text === null ? null : BigInt(text))

const toSubscription = (row: LockedRow): LockedSubscription => ({
  id: row.id,
  customerId: row.customer_id,
  state: row.state,
  isTrial: row.is_trial,
  planId: row.plan_id,
  startsAt: toDate(row.starts_at),
  endsAt: toDate(row.ends_at),
  stretchId: row.stretch_id,
  trafficLimitBytes: toBytes(row.traffic_limit_bytes),
  trafficUsedBytes: BigInt(row.traffic_used_bytes),
  deviceLimit: row.device_limit,
})

export interface StretchQueue {
  /** What is open, and the one that ended last. */
  readonly stretches: readonly Stretch[]
  /** Ids of the rows by the stretches' keys. */
  readonly ids: ReadonlyMap<string, Id<'period'>>
  /** Stretches that are not in the database as they are here: they are to be stored even if nothing else changes. */
  readonly unstored: ReadonlySet<string>
  /** The key that was asked about was granted before. */
  readonly isGranted: boolean
}

interface PeriodRow {
  readonly id: Id<'period'>
  readonly key: string
  readonly plan_id: PlanId | null
  readonly is_trial: boolean
  readonly starts_at: Date | string
  readonly ends_at: Date | string
  readonly days: number
  readonly length_ms: string | null
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string
  readonly device_limit: number | null
  readonly created_at: Date | string
}

/** Of a row without limits, those of its plan are read. */
const queueStatement = `
  select p.id, p.key, p.plan_id, case when p.device_limit is null then coalesce(plan.is_trial, false) else p.is_trial end as is_trial,
    p.starts_at, p.ends_at, p.days, p.length_ms, p.traffic_used_bytes, p.created_at, p.device_limit,
    coalesce(p.traffic_limit_bytes, plan.traffic_limit_bytes) as traffic_limit_bytes, plan.device_limit as plan_device_limit
  from subscription_periods p left join plans plan on plan.id = p.plan_id and p.device_limit is null
  where p.subscription_id = $1 and (p.ends_at > $2 or p.device_limit is null or p.key = $3
    or p.id = (select id from subscription_periods where subscription_id = $1 order by ends_at desc, starts_at desc limit 1))
  order by p.created_at`

/** The queue of a subscription that the caller has locked, with what its running stretch has used by now. */
export async function readQueue(
  em: EntityManager,
  subscription: LockedSubscription,
  now: Date,
  key = '',
): Promise<StretchQueue> {
  const rows = await runStatement<PeriodRow & { readonly plan_device_limit: number | null }>(em, queueStatement, [
    subscription.id,
    now,
    key,
  ])
  const ids = new Map(rows.map((row) => [row.key, row.id]))
  const stored = rows.filter((row) => row.device_limit !== null).map((row) => toStretch(row, subscription))
  const withoutLimits = rows.filter((row) => row.device_limit === null)
  const isUnexplained = rows.length === 0 && subscription.endsAt !== null
  const explained = isUnexplained ? [wholeRight(subscription, subscription.endsAt!, now)] : stored
  const stretches = withoutLimits.reduce<readonly Stretch[]>(
    (queue, row) => addStretch(queue, row.key, termsOfRow(row, queue, subscription), new Date(row.created_at)),
    explained,
  )
  return {
    stretches,
    ids,
    unstored: new Set(stretches.filter((one) => !stored.includes(one)).map((one) => one.key)),
    isGranted: ids.has(key),
  }
}

const toStretch = (row: PeriodRow, { stretchId, trafficUsedBytes }: LockedSubscription): Stretch => ({
  key: row.key,
  planId: row.plan_id,
  isTrial: row.is_trial,
  startsAt: new Date(row.starts_at),
  endsAt: new Date(row.ends_at),
  lengthMs: Number(row.length_ms ?? daysMs(row.days)),
  trafficLimitBytes: toBytes(row.traffic_limit_bytes),
  trafficUsedBytes: row.id === stretchId ? trafficUsedBytes : BigInt(row.traffic_used_bytes),
  deviceLimit: row.device_limit ?? defaultDeviceLimit,
})

/** A right that no row explains: it was written by a process that knew no stretches. */
function wholeRight(subscription: LockedSubscription, endsAt: Date, now: Date): Stretch {
  const startsAt = subscription.startsAt && isBefore(subscription.startsAt, endsAt) ? subscription.startsAt : now
  const { planId, isTrial, trafficLimitBytes, trafficUsedBytes, deviceLimit } = subscription
  const lengthMs = Math.max(1, endsAt.getTime() - startsAt.getTime())
  const key = `before:${subscription.id}`
  return { key, planId, isTrial, startsAt, endsAt, lengthMs, trafficLimitBytes, trafficUsedBytes, deviceLimit }
}

function termsOfRow(
  row: PeriodRow & { readonly plan_device_limit: number | null },
  queue: readonly Stretch[],
  { trafficLimitBytes, deviceLimit }: LockedSubscription,
): StretchTerms {
  const lengthMs = daysMs(row.days)
  if (row.plan_device_limit !== null)
    return {
      planId: row.plan_id,
      isTrial: row.is_trial,
      lengthMs,
      trafficLimitBytes: toBytes(row.traffic_limit_bytes),
      deviceLimit: row.plan_device_limit,
    }
  const base = lastStretch(queue)
  return base ? bareTerms(lengthMs, base) : { planId: null, isTrial: false, lengthMs, trafficLimitBytes, deviceLimit }
}

/** Bare days for who never had a stretch: the limits of the first plan on the price list, or none. */
export async function firstTerms(em: EntityManager): Promise<StretchTerms> {
  const [plan] = await runStatement<{
    id: PlanId
    days: number
    traffic_limit_bytes: string | null
    device_limit: number
  }>(
    em,
    `select id, days, traffic_limit_bytes, device_limit from plans where is_active and not is_trial and $1
     order by position, id limit 1`,
    [true],
  )
  return {
    planId: plan?.id ?? null,
    isTrial: false,
    lengthMs: daysMs(plan?.days ?? 1),
    trafficLimitBytes: toBytes(plan?.traffic_limit_bytes ?? null),
    deviceLimit: plan?.device_limit ?? defaultDeviceLimit,
  }
}

export interface QueueChange {
  readonly subscription: LockedSubscription
  readonly before: StretchQueue
  readonly after: readonly Stretch[]
  /** Of the subscription itself; left as they are where they are not named. */
  readonly state?: LockedSubscription['state']
  readonly startsAt?: Date | null
}

/**
 * Stores a changed queue, and what holds now because of it, in one statement. Returns whether another stretch runs than
 * before: then the limits are others, and the accesses are to be asked for.
 */
export async function storeQueue(em: EntityManager, change: QueueChange, now: Date): Promise<{ isMoved: boolean }> {
  const { subscription, before, after } = change
  const known = new Map(before.stretches.map((stretch) => [stretch.key, stretch]))
  const idOf = new Map(after.map(({ key }) => [key, before.ids.get(key) ?? newId('period')]))
  const changed = after.filter((one) => before.unstored.has(one.key) || known.get(one.key) !== one)
  const current = runningStretch(after, now) ?? lastStretch(after)
  const stretchId = current ? idOf.get(current.key)! : null
  const isMoved = stretchId !== subscription.stretchId
  // What has been used under the stretch that ran is written down with it.
  const left = isMoved
    ? after.filter((one) => idOf.get(one.key) === subscription.stretchId && !changed.includes(one))
    : []
  const rows = [...changed, ...left].map((stretch) => toRow(stretch, idOf.get(stretch.key)!))
  await runStatement(em, storeStatement, [
    subscription.id,
    JSON.stringify(rows),
    now,
    isMoved,
    change.state ?? subscription.state,
    change.startsAt === undefined ? subscription.startsAt : change.startsAt,
    lastStretch(after)?.endsAt ?? subscription.endsAt,
    stretchId,
    current?.startsAt ?? null,
    current?.endsAt ?? null,
    current?.planId ?? subscription.planId,
    current?.isTrial ?? subscription.isTrial,
    current ? current.trafficLimitBytes : subscription.trafficLimitBytes,
    current?.trafficUsedBytes ?? subscription.trafficUsedBytes,
    current?.deviceLimit ?? subscription.deviceLimit,
    addMs(now, surplusGraceMs),
  ])
  return { isMoved }
}

const toRow = (stretch: Stretch, id: Id<'period'>) => ({
  id,
  key: stretch.key,
  plan_id: stretch.planId,
  is_trial: stretch.isTrial,
  days: Math.max(1, Math.ceil(stretch.lengthMs / dayMs)),
  length_ms: stretch.lengthMs,
  starts_at: stretch.startsAt.toISOString(),
  ends_at: stretch.endsAt.toISOString(),
  traffic_limit_bytes: stretch.trafficLimitBytes?.toString() ?? null,
  traffic_used_bytes: stretch.trafficUsedBytes.toString(),
  device_limit: stretch.deviceLimit,
})

/** `stretch_from_bytes`: what an access had carried when this stretch began, less what the stretch had used before. */
const storeStatement = `
  with stored as (
    insert into subscription_periods (id, subscription_id, key, plan_id, is_trial, days, length_ms, starts_at, ends_at,
      traffic_limit_bytes, traffic_used_bytes, device_limit, created_at)
    select r.id, $1, r.key, r.plan_id, r.is_trial, r.days, r.length_ms, r.starts_at, r.ends_at, r.traffic_limit_bytes,
      r.traffic_used_bytes, r.device_limit, $3
    from jsonb_to_recordset($2::jsonb) as r (id text, key text, plan_id text, is_trial boolean, days int, length_ms bigint,
      starts_at timestamptz, ends_at timestamptz, traffic_limit_bytes bigint, traffic_used_bytes bigint, device_limit int)
    on conflict (id) do update set is_trial = excluded.is_trial, length_ms = excluded.length_ms, starts_at = excluded.starts_at,
      ends_at = excluded.ends_at, traffic_limit_bytes = excluded.traffic_limit_bytes,
      traffic_used_bytes = excluded.traffic_used_bytes, device_limit = excluded.device_limit
  ), counted as (
    update accesses set stretch_from_bytes = upload_bytes + download_bytes - $14::bigint
    where subscription_id = $1 and removed_at is null and $4
  )
  update subscriptions s set state = $5, starts_at = $6, ends_at = $7, stretch_id = $8, stretch_starts_at = $9, stretch_ends_at = $10,
    plan_id = $11, is_trial = $12, traffic_limit_bytes = $13, traffic_used_bytes = $14::bigint, device_limit = $15::int,
    surplus_closes_at = case
      when (select count(*) from devices d where d.subscription_id = s.id and d.revoked_at is null) > $15::int
      then coalesce(s.surplus_closes_at, $16::timestamptz) end
  where s.id = $1`
