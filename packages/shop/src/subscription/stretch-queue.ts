import { type EntityManager, type Given, prepared, type SubscriptionRow, sql } from '@vpn-kiosk/db'
import {
  type AddonKind,
  addedBy,
  addStretch,
  bareTerms,
  type CustomerId,
  daysMs,
  type Id,
  isBefore,
  lastStretch,
  newId,
  randomText,
  runningStretch,
  type Stretch,
  type StretchTerms,
  type SubscriptionId,
} from '@vpn-kiosk/domain'
import { writeQueue } from './write-queue.ts'

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
  | 'stretchStartsAt'
  | 'trafficLimitBytes'
  | 'trafficUsedBytes'
  | 'deviceLimit'
>

const defaultDeviceLimit = 3

const columns = [
  'id',
  'customer_id',
  'state',
  'is_trial',
  'plan_id',
  'starts_at',
  'ends_at',
  'stretch_id',
  'stretch_starts_at',
  'traffic_limit_bytes',
  'traffic_used_bytes',
  'device_limit',
] as const

type NewValues = { customerId: CustomerId; id: SubscriptionId; token: string; now: Date }

const ensureSubscription = prepared((db, { customerId, id, token, now }: Given<NewValues>) =>
  db
    .with(
      (cte) => cte('customer').materialized(),
      (cte) =>
        cte
          .selectFrom('customers')
          .select(['id', sql<boolean>`banned_at is not null`.as('is_banned')])
          .where('id', '=', customerId)
          .forShare(),
    )
    .insertInto('subscriptions')
    .columns(['id', 'customer_id', 'state', 'is_trial', 'traffic_used_bytes', 'device_limit', 'token', 'created_at'])
    .expression((eb) =>
      eb
        .selectFrom('customer')
        .select([
          sql`${id}::text`.as('id'),
          'customer.id as customer_id',
          sql.lit('pending').as('state'),
          sql.lit(false).as('is_trial'),
          sql.lit(0).as('traffic_used_bytes'),
          sql.lit(defaultDeviceLimit).as('device_limit'),
          sql`${token}::text`.as('token'),
          sql`${now}::timestamptz`.as('created_at'),
        ]),
    )
    .onConflict((conflict) =>
      conflict.column('customer_id').doUpdateSet((eb) => ({ device_limit: eb.ref('subscriptions.device_limit') })),
    )
    .returning(columns)
    .returning((eb) => eb.selectFrom('customer').select('customer.is_banned').$asScalar().$notNull().as('is_banned')),
)

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
  const values = { customerId, id: newId('subscription'), token: randomText(32), now }
  const [row] = await ensureSubscription(em, values)
  if (!row) throw new Error(`there is no customer ${customerId}`)
  return { subscription: toSubscription(row), isBanned: row.is_banned }
}

const lockRow = prepared((db, { id }: Given<{ id: SubscriptionId }>) =>
  db.selectFrom('subscriptions').select(columns).where('id', '=', id).forNoKeyUpdate(),
)

type LockedRow = Awaited<ReturnType<typeof lockRow>>[number]

/** One subscription, locked; null when there is none of this id. */
export async function lockSubscription(em: EntityManager, id: SubscriptionId): Promise<LockedSubscription | null> {
  const [row] = await lockRow(em, { id })
  return row ? toSubscription(row) : null
}

/** The same for who only looks. */
export async function findSubscription(em: EntityManager, id: SubscriptionId): Promise<LockedSubscription | null> {
  const query = em.getKysely().selectFrom('subscriptions').select(columns).where('id', '=', id)
  const row = await query.executeTakeFirst()
  return row ? toSubscription(row) : null
}

const toBytes = (text: string | null): bigint | null => (text === null ? null : BigInt(text))

const toSubscription = (row: LockedRow): LockedSubscription => ({
  id: row.id,
  customerId: row.customer_id,
  state: row.state,
  isTrial: row.is_trial,
  planId: row.plan_id,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  stretchId: row.stretch_id,
  stretchStartsAt: row.stretch_starts_at,
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

/** SQL: what add-ons give the stretch `p`. */
const addedTo = (kind: AddonKind) => sql<number>`(
  select coalesce(sum(g.amount - g.taken), 0)::int from addon_grants g where g.period_id = p.id and g.kind = ${sql.lit(kind)}
)`

/** Of a row without limits, those of its plan are read. */
const listPeriods = prepared(
  (db, { subscriptionId, now, key }: Given<{ subscriptionId: SubscriptionId; now: Date; key: string }>) =>
    db
      .selectFrom('subscription_periods as p')
      .leftJoin('plans as plan', (join) => join.onRef('plan.id', '=', 'p.plan_id').on('p.device_limit', 'is', null))
      .select((eb) => [
        'p.id',
        'p.key',
        'p.plan_id',
        sql<boolean>`case when p.device_limit is null then coalesce(plan.is_trial, false) else p.is_trial end`.as(
          'is_trial',
        ),
        'p.starts_at',
        'p.ends_at',
        'p.days',
        'p.length_ms',
        'p.traffic_used_bytes',
        'p.created_at',
        'p.device_limit',
        eb.fn.coalesce('p.traffic_limit_bytes', 'plan.traffic_limit_bytes').as('traffic_limit_bytes'),
        'plan.device_limit as plan_device_limit',
        addedTo('devices').as('added_devices'),
        addedTo('traffic').as('added_gigabytes'),
      ])
      .where('p.subscription_id', '=', subscriptionId)
      .where((eb) =>
        eb.or([
          eb('p.ends_at', '>', now),
          eb('p.device_limit', 'is', null),
          eb('p.key', '=', key),
          eb(
            'p.id',
            '=',
            eb
              .selectFrom('subscription_periods as latest')
              .select('latest.id')
              .where('latest.subscription_id', '=', subscriptionId)
              .orderBy('latest.ends_at', 'desc')
              .orderBy('latest.starts_at', 'desc')
              .limit(1),
          ),
        ]),
      )
      .orderBy('p.created_at'),
)

type PeriodRow = Awaited<ReturnType<typeof listPeriods>>[number]

/** The queue of a subscription that the caller has locked, with what its running stretch has used by now. */
export async function readQueue(
  em: EntityManager,
  subscription: LockedSubscription,
  now: Date,
  key = '',
): Promise<StretchQueue> {
  const rows = await listPeriods(em, { subscriptionId: subscription.id, now, key })
  const ids = new Map(rows.map((row) => [row.key, row.id]))
  const stored = rows.filter((row) => row.device_limit !== null).map((row) => toStretch(row, subscription))
  const withoutLimits = rows.filter((row) => row.device_limit === null)
  const isUnexplained = rows.length === 0 && subscription.endsAt !== null
  const explained = isUnexplained ? [wholeRight(subscription, subscription.endsAt!, now)] : stored
  const stretches = withoutLimits.reduce<readonly Stretch[]>(
    (queue, row) => addStretch(queue, row.key, termsOfRow(row, queue, subscription), row.created_at),
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
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  lengthMs: Number(row.length_ms ?? daysMs(row.days)),
  trafficLimitBytes: toBytes(row.traffic_limit_bytes),
  trafficUsedBytes: row.id === stretchId ? trafficUsedBytes : BigInt(row.traffic_used_bytes),
  deviceLimit: row.device_limit ?? defaultDeviceLimit,
  ...addonsOf(row),
})

function addonsOf({ added_devices: devices, added_gigabytes: amount }: PeriodRow): Pick<Stretch, 'addons'> {
  const { trafficBytes } = addedBy({ kind: 'traffic', amount })
  return devices > 0 || amount > 0 ? { addons: { devices, trafficBytes } } : {}
}

/** A right that no row explains: it was written by a process that knew no stretches. */
function wholeRight(subscription: LockedSubscription, endsAt: Date, now: Date): Stretch {
  const startsAt = subscription.startsAt && isBefore(subscription.startsAt, endsAt) ? subscription.startsAt : now
  const { planId, isTrial, trafficLimitBytes, trafficUsedBytes, deviceLimit } = subscription
  const lengthMs = Math.max(1, endsAt.getTime() - startsAt.getTime())
  const key = `before:${subscription.id}`
  return { key, planId, isTrial, startsAt, endsAt, lengthMs, trafficLimitBytes, trafficUsedBytes, deviceLimit }
}

function termsOfRow(
  row: PeriodRow,
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
  const plan = await em
    .getKysely()
    .selectFrom('plans')
    .select(['id', 'days', 'traffic_limit_bytes', 'device_limit'])
    .where('is_active', '=', true)
    .where('is_trial', '=', false)
    .orderBy('position')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
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
 * before, or the running one has used another amount: then the limits are others, and the accesses are to be asked for.
 */
export async function storeQueue(em: EntityManager, change: QueueChange, now: Date): Promise<{ isMoved: boolean }> {
  const { subscription, before, after } = change
  const known = new Map(before.stretches.map((stretch) => [stretch.key, stretch]))
  const idOf = new Map(after.map(({ key }) => [key, before.ids.get(key) ?? newId('period')]))
  const changed = after.filter((one) => before.unstored.has(one.key) || known.get(one.key) !== one)
  const current = runningStretch(after, now) ?? lastStretch(after)
  const stretchId = current ? idOf.get(current.key)! : null
  const isRecounted = current ? known.get(current.key)?.trafficUsedBytes !== current.trafficUsedBytes : false
  const isMoved = stretchId !== subscription.stretchId || isRecounted
  // What has been used under the stretch that ran is written down with it.
  const left = isMoved
    ? after.filter((one) => idOf.get(one.key) === subscription.stretchId && !changed.includes(one))
    : []
  const periods = [...changed, ...left].map((stretch) => ({ id: idOf.get(stretch.key)!, stretch }))
  const { state = subscription.state, startsAt = subscription.startsAt } = change
  const { planId, isTrial, trafficLimitBytes, trafficUsedBytes, deviceLimit } = current ?? subscription
  const holds = {
    state,
    startsAt,
    endsAt: lastStretch(after)?.endsAt ?? subscription.endsAt,
    stretchId,
    stretchStartsAt: current?.startsAt ?? null,
    stretchEndsAt: current?.endsAt ?? null,
    planId: planId ?? subscription.planId,
    isTrial,
    trafficLimitBytes,
    trafficUsedBytes,
    deviceLimit,
  }
  await writeQueue(em, subscription.id, { periods, isMoved, holds }, now)
  return { isMoved }
}
