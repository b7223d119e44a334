import { type EntityManager, type SubscriptionRow, sql } from '@vpn-kiosk/db'
import { addMs, dayMs, type Id, type Stretch, type SubscriptionId, surplusGraceMs } from '@vpn-kiosk/domain'

export interface Written {
  readonly periods: readonly { readonly id: Id<'period'>; readonly stretch: Stretch }[]
  /** Another stretch runs than before. */
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
  id: SubscriptionId,
  { periods, isMoved, holds }: Written,
  now: Date,
): Promise<void> {
  const rows = periods.map(toRow)
  await sql`
  with stored as (
    insert into subscription_periods (id, subscription_id, key, plan_id, is_trial, days, length_ms, starts_at, ends_at,
      traffic_limit_bytes, traffic_used_bytes, device_limit, created_at)
    select r.id, ${id}, r.key, r.plan_id, r.is_trial, r.days, r.length_ms, r.starts_at, r.ends_at, r.traffic_limit_bytes,
      r.traffic_used_bytes, r.device_limit, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, key text, plan_id text, is_trial boolean, days int, length_ms bigint,
      starts_at timestamptz, ends_at timestamptz, traffic_limit_bytes bigint, traffic_used_bytes bigint, device_limit int)
    on conflict (id) do update set is_trial = excluded.is_trial, length_ms = excluded.length_ms, starts_at = excluded.starts_at,
      ends_at = excluded.ends_at, traffic_limit_bytes = excluded.traffic_limit_bytes,
      traffic_used_bytes = excluded.traffic_used_bytes, device_limit = excluded.device_limit
  ), counted as (
    update accesses set stretch_from_bytes = upload_bytes + download_bytes - ${holds.trafficUsedBytes}::bigint
    where subscription_id = ${id} and removed_at is null and ${isMoved}::boolean
  )
  update subscriptions s set state = ${holds.state}, starts_at = ${holds.startsAt}, ends_at = ${holds.endsAt}, stretch_id = ${holds.stretchId},
    stretch_starts_at = ${holds.stretchStartsAt}, stretch_ends_at = ${holds.stretchEndsAt}, plan_id = ${holds.planId},
    is_trial = ${holds.isTrial}, traffic_limit_bytes = ${holds.trafficLimitBytes},
    traffic_used_bytes = ${holds.trafficUsedBytes}, device_limit = ${holds.deviceLimit},
    surplus_closes_at = case
      when (select count(*) from devices d where d.subscription_id = s.id and d.revoked_at is null) > ${holds.deviceLimit}
      then coalesce(s.surplus_closes_at, ${addMs(now, surplusGraceMs)}::timestamptz) end
  where s.id = ${id}`.execute(em.getKysely())
}

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
