import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import { addMs, type SubscriptionId, surplusGraceMs } from '@vpn-kiosk/domain'
import { requestMany } from '../access/request-many.ts'
import type { ShopDeps } from '../deps.ts'
import { settleQueue } from './settle-queue.ts'

export type StartStretchesDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'checkpoint'>

const page = 500

/**
 * Starts the next stretch of every subscription whose running one has ended, with the limits and the counter of the new
 * one, and has the accesses follow. What processes of an older version have granted meanwhile gets its limits first.
 * Returns how many stretches were started.
 */
export async function startStretches(deps: StartStretchesDeps): Promise<number> {
  await giveLimits(deps)
  let total = 0
  for (let started = page; started === page; total += started)
    started = await deps.db.transaction((em) => startDue(deps, em))
  return total
}

/** During an update, processes that know no stretches go on granting periods without limits. */
async function giveLimits({ db, queue, clock }: StartStretchesDeps): Promise<void> {
  for (let found = page; found === page; ) {
    const rows = await listWithoutLimits(db)
    for (const { subscription_id: id } of rows)
      await db.transaction((em) => settleQueue({ queue }, em, id, clock.now()))
    found = rows.length
  }
}

const listWithoutLimits = (db: ShopDeps['db']) =>
  db
    .getKysely()
    .selectFrom('subscription_periods')
    .select('subscription_id')
    .distinct()
    .where('device_limit', 'is', null)
    .limit(page)
    .execute()

async function startDue(deps: StartStretchesDeps, em: EntityManager): Promise<number> {
  const now = deps.clock.now()
  const due = await lockDue(em, now)
  const started = await startNext(
    em,
    due.map(({ id }) => id),
    now,
  )
  const ids = started.map(({ id }) => id)
  await requestMany(deps, em, ids, now)
  for (const { id, is_used_up: isUsedUp } of started) if (isUsedUp) await settleQueue(deps, em, id, now)
  if (ids.length > 0) deps.checkpoint('stretches:before-commit')
  return ids.length
}

/** A stretch that is ahead of the clock began while the clock was wrong: the one before it runs again. */
function lockDue(em: EntityManager, now: Date) {
  const db = em.getKysely()
  const over = db
    .selectFrom('subscriptions')
    .select('id')
    .whereRef('stretch_ends_at', '<', 'ends_at')
    .where('stretch_ends_at', '<=', now)
    .where('ends_at', '>', now)
    .orderBy('stretch_ends_at')
    .limit(page)
  const early = db.selectFrom('subscriptions').select('id').where('stretch_starts_at', '>', now).limit(page)
  return db
    .selectFrom('subscriptions')
    .select('id')
    .where('id', '=', anyOf(sql<SubscriptionId[]>`array((${over}) union all (${early}))`))
    .orderBy('id')
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
}

/** After the rows are locked, so that it sees what they hold now. The counter of the stretch that ended is kept with it. */
async function startNext(em: EntityManager, ids: readonly SubscriptionId[], now: Date) {
  const { rows } = await sql<{ id: SubscriptionId; is_used_up: boolean }>`
  with next as (
    select distinct on (p.subscription_id) p.subscription_id, p.id, p.plan_id, p.is_trial, p.starts_at, p.ends_at,
      p.traffic_limit_bytes, p.traffic_used_bytes, p.device_limit
    from subscription_periods p where p.subscription_id = any(${ids}) and p.ends_at > ${now} and p.device_limit is not null
    order by p.subscription_id, p.starts_at, p.ends_at
  ), kept as (
    update subscription_periods p set traffic_used_bytes = s.traffic_used_bytes
    from subscriptions s where s.id = any(${ids}) and p.id = s.stretch_id
  ), started as (
    update subscriptions s set stretch_id = n.id, stretch_starts_at = n.starts_at, stretch_ends_at = n.ends_at,
      plan_id = coalesce(n.plan_id, s.plan_id), is_trial = n.is_trial, traffic_limit_bytes = n.traffic_limit_bytes,
      traffic_used_bytes = n.traffic_used_bytes, device_limit = n.device_limit,
      surplus_closes_at = case
        when (select count(*) from devices d where d.subscription_id = s.id and d.revoked_at is null) > n.device_limit
        then coalesce(s.surplus_closes_at, ${addMs(now, surplusGraceMs)}::timestamptz) end
    from next n where n.subscription_id = s.id and s.stretch_id is distinct from n.id
    returning s.id, n.traffic_used_bytes as used_bytes, s.stretch_ends_at < s.ends_at and n.traffic_used_bytes >= n.traffic_limit_bytes as is_used_up
  ), counted as (
    update accesses a set stretch_from_bytes = a.upload_bytes + a.download_bytes - started.used_bytes
    from started where a.subscription_id = started.id and a.removed_at is null
  )
  select id, coalesce(is_used_up, false) as is_used_up from started`.execute(em.getKysely())
  return rows
}
