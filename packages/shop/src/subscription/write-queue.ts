import {
  type EntityManager,
  type Expression,
  type Given,
  prepared,
  type Statements,
  type SubscriptionRow,
  sql,
} from '@vpn-kiosk/db'
import { dayMs, type Id, type Stretch, type SubscriptionId, surplusGraceMs } from '@vpn-kiosk/domain'

export interface Written {
  readonly periods: readonly { readonly id: Id<'period'>; readonly stretch: Stretch }[]
  /** Another stretch runs than before, or the running one has used another amount. */
  readonly isMoved: boolean
  /** Of the subscription, from now on. */
  readonly holds: Pick<
    SubscriptionRow,
    | 'state'
    | 'startsAt'
    | 'endsAt'
    | 'stretchId'
    | 'stretchStartsAt'
    | 'stretchEndsAt'
    | 'planId'
    | 'isTrial'
    | 'trafficLimitBytes'
    | 'trafficUsedBytes'
    | 'deviceLimit'
  >
}

/**
 * Writes stretches and what holds now because of them, in one statement. `stretch_from_bytes`: what an access had carried
 * when this stretch began, less what the stretch had used before.
 */
export async function writeQueue(
  em: EntityManager,
  subscriptionId: SubscriptionId,
  { periods, isMoved, holds }: Written,
  now: Date,
): Promise<void> {
  await write(em, { ...holds, subscriptionId, periods: JSON.stringify(periods.map(toRow)), isMoved, now })
}

type Values = Written['holds'] & {
  readonly subscriptionId: SubscriptionId
  /** JSON of rows. */
  readonly periods: string
  readonly isMoved: boolean
  readonly now: Date
}

const write = prepared((db, given: Given<Values>) =>
  db
    .with('stored', (cte) => storePeriods(cte, given))
    .with('counted', (cte) =>
      cte
        .updateTable('accesses')
        .set({ stretch_from_bytes: sql<bigint>`upload_bytes + download_bytes - ${given.trafficUsedBytes}::bigint` })
        .where('subscription_id', '=', given.subscriptionId)
        .where('removed_at', 'is', null)
        .where(sql<boolean>`${given.isMoved}::boolean`),
    )
    .with('renewal_planned', (cte) =>
      // The steps of auto-renewal are for an end: of another one they are planned anew.
      cte
        .updateTable('renewals')
        .set({ next_at: given.now })
        .where('subscription_id', '=', given.subscriptionId)
        .where('next_at', 'is not', null)
        .where(sql<boolean>`ends_at is distinct from ${given.endsAt}::timestamptz`),
    )
    .updateTable('subscriptions as s')
    .set({
      state: given.state,
      starts_at: given.startsAt,
      ends_at: given.endsAt,
      stretch_id: given.stretchId,
      stretch_starts_at: given.stretchStartsAt,
      stretch_ends_at: given.stretchEndsAt,
      plan_id: given.planId,
      is_trial: given.isTrial,
      traffic_limit_bytes: given.trafficLimitBytes,
      traffic_used_bytes: given.trafficUsedBytes,
      device_limit: given.deviceLimit,
      surplus_closes_at: surplusClosesAt(sql`${given.deviceLimit}::int`, given.now),
    })
    .where('s.id', '=', given.subscriptionId),
)

const grace = sql`make_interval(secs => ${sql.lit(surplusGraceMs / 1000)})`

/** SQL: until when the customer of the subscription `s` may choose which devices stay; null where all may. */
export const surplusClosesAt = (deviceLimit: Expression<number>, now: Date | Expression<Date>) => sql<Date | null>`case
  when (select count(*) from devices d where d.subscription_id = s.id and d.revoked_at is null) > ${deviceLimit}
  then coalesce(s.surplus_closes_at, ${now}::timestamptz + ${grace}) end`

const storePeriods = (
  db: Pick<Statements, 'insertInto'>,
  { subscriptionId, periods, now }: Pick<Given<Values>, 'subscriptionId' | 'periods' | 'now'>,
) =>
  db
    .insertInto('subscription_periods')
    .columns([
      'subscription_id',
      'created_at',
      'id',
      'key',
      'plan_id',
      'is_trial',
      'days',
      'length_ms',
      'starts_at',
      'ends_at',
      'traffic_limit_bytes',
      'traffic_used_bytes',
      'device_limit',
    ])
    .expression((eb) =>
      eb
        .selectFrom(sql<ReturnType<typeof toRow>>`jsonb_to_recordset(${periods}::jsonb)`.as<'r'>(record))
        .select([sql`${subscriptionId}::text`.as('subscription_id'), sql`${now}::timestamptz`.as('created_at')])
        .select(['r.id', 'r.key', 'r.plan_id', 'r.is_trial', 'r.days', 'r.length_ms', 'r.starts_at', 'r.ends_at'])
        .select(['r.traffic_limit_bytes', 'r.traffic_used_bytes', 'r.device_limit']),
    )
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        plan_id: eb.ref('excluded.plan_id'),
        is_trial: eb.ref('excluded.is_trial'),
        length_ms: sql<bigint>`excluded.length_ms`,
        starts_at: eb.ref('excluded.starts_at'),
        ends_at: eb.ref('excluded.ends_at'),
        traffic_limit_bytes: sql<bigint>`excluded.traffic_limit_bytes`,
        traffic_used_bytes: sql<bigint>`excluded.traffic_used_bytes`,
        device_limit: eb.ref('excluded.device_limit'),
      })),
    )

const record = sql`r (id text, key text, plan_id text, is_trial boolean, days int, length_ms bigint, starts_at timestamptz,
  ends_at timestamptz, traffic_limit_bytes bigint, traffic_used_bytes bigint, device_limit int)`

const toRow = ({ id, stretch }: Written['periods'][number]) => ({
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
