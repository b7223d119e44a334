import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import { requestMany } from '../access/request-many.ts'
import type { ShopDeps } from '../deps.ts'
import { settleQueue } from './settle-queue.ts'
import { surplusClosesAt } from './write-queue.ts'

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
  const early = db
    .selectFrom('subscriptions')
    .select('id')
    .where('stretch_starts_at', '>', now)
    .where('state', '<>', sql.lit('frozen'))
    .limit(page)
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
const startNext = (em: EntityManager, ids: readonly SubscriptionId[], now: Date) =>
  em
    .getKysely()
    .with('next', (cte) =>
      cte
        .selectFrom('subscription_periods as p')
        .distinctOn('p.subscription_id')
        .select(['p.subscription_id', 'p.id', 'p.plan_id', 'p.is_trial', 'p.starts_at', 'p.ends_at'])
        .select(['p.traffic_limit_bytes', 'p.traffic_used_bytes', 'p.device_limit'])
        .where('p.subscription_id', '=', anyOf(ids))
        .where('p.ends_at', '>', now)
        .where('p.device_limit', 'is not', null)
        .$narrowType<{ device_limit: number }>()
        .orderBy('p.subscription_id')
        .orderBy('p.starts_at')
        .orderBy('p.ends_at'),
    )
    .with('kept', (cte) =>
      cte
        .updateTable('subscription_periods as p')
        .from('subscriptions as s')
        .set({ traffic_used_bytes: sql<bigint>`s.traffic_used_bytes` })
        .where('s.id', '=', anyOf(ids))
        .whereRef('p.id', '=', 's.stretch_id'),
    )
    .with('started', (cte) =>
      cte
        .updateTable('subscriptions as s')
        .from('next as n')
        .set((eb) => ({
          stretch_id: eb.ref('n.id'),
          stretch_starts_at: eb.ref('n.starts_at'),
          stretch_ends_at: eb.ref('n.ends_at'),
          plan_id: eb.fn.coalesce('n.plan_id', 's.plan_id'),
          is_trial: eb.ref('n.is_trial'),
          traffic_limit_bytes: sql<bigint | null>`n.traffic_limit_bytes`,
          traffic_used_bytes: sql<bigint>`n.traffic_used_bytes`,
          device_limit: eb.ref('n.device_limit'),
          surplus_closes_at: surplusClosesAt(eb.ref('n.device_limit'), now),
        }))
        .whereRef('n.subscription_id', '=', 's.id')
        .whereRef('s.stretch_id', 'is distinct from', 'n.id')
        .returning([
          's.id',
          'n.traffic_used_bytes as used_bytes',
          sql<boolean>`coalesce(
            s.stretch_ends_at < s.ends_at and n.traffic_used_bytes >= n.traffic_limit_bytes, false)`.as('is_used_up'),
        ]),
    )
    .with('counted', (cte) =>
      cte
        .updateTable('accesses as a')
        .from('started')
        .set({ stretch_from_bytes: sql<bigint>`a.upload_bytes + a.download_bytes - started.used_bytes` })
        .whereRef('a.subscription_id', '=', 'started.id')
        .where('a.removed_at', 'is', null),
    )
    .selectFrom('started')
    .select(['started.id', 'started.is_used_up'])
    .execute()
