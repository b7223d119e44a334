import { runStatement } from '@vpn-kiosk/db'
import { type AccessId, addMs, longestPostponementMs, minuteMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { endStuckAlerts } from './end-stuck-alerts.ts'
import { fillEndpoints } from './fill-endpoints.ts'
import { findUndelivered } from './find-undelivered.ts'
import { strangeLeaseMs } from './keep-lease.ts'
import { nudgeAheadMs, nudgeAll, nudgeCuts } from './nudge.ts'
import { retireEnded } from './retire-ended.ts'
import { serveWaiting } from './serve-waiting.ts'
import { speakOfDelays } from './speak-of-delays.ts'

export type SweepAccessesDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

const page = 500
/** More are left for the next sweep. */
const mostPages = 20

/**
 * Finds what was forgotten: accesses whose nudge was lost, places that ended rights still hold, running subscriptions
 * that lack an access, customers who have waited too long for a paid key. New room goes first to those who have nothing.
 */
export async function sweepAccesses(deps: SweepAccessesDeps): Promise<void> {
  await takeUpPostponed(deps)
  await nudgeForgotten(deps)
  await retireEnded(deps)
  await findUndelivered(deps)
  if (await serveWaiting(deps)) await fillEndpoints(deps)
  await speakOfDelays(deps)
  await endStuckAlerts(deps)
}

/** What was put off while the clock was ahead would wait until then. */
async function takeUpPostponed({ db, clock }: SweepAccessesDeps): Promise<void> {
  const now = clock.now()
  const values = [addMs(now, -minuteMs), addMs(now, longestPostponementMs), page]
  await db.transaction((em) => runStatement(em, postponedStatement, values))
}

const postponedStatement = `
  update accesses set next_attempt_at = $1 where id in (
    select id from accesses where applied_revision < desired_revision and next_attempt_at > $2
    order by next_attempt_at desc limit $3 for update skip locked
  )`

interface Forgotten {
  readonly id: AccessId
  readonly is_cut: boolean
  readonly is_awaited: boolean
}

/** Cuts go to their own workers; of the others, those that somebody has paid for and waits for go first. */
async function nudgeForgotten({ db, queue, clock }: SweepAccessesDeps): Promise<void> {
  const now = clock.now()
  let found = page
  for (let pages = 0; pages < mostPages && found === page; pages++) {
    found = await db.transaction(async (em) => {
      const rows = await runStatement<Forgotten>(em, forgottenStatement, [
        addMs(now, nudgeAheadMs),
        addMs(now, -10_000),
        now,
        page,
        addMs(now, strangeLeaseMs),
      ])
      const idsOf = (isOne: (row: Forgotten) => boolean) => rows.filter(isOne).map(({ id }) => id)
      const isSwept = true
      await nudgeCuts(
        { queue },
        em,
        idsOf((row) => row.is_cut),
        { isSwept },
      )
      const awaited = idsOf((row) => !row.is_cut && row.is_awaited)
      await nudgeAll({ queue }, em, awaited, { isSwept, priority: 'urgent' })
      const others = idsOf((row) => !row.is_cut && !row.is_awaited)
      await nudgeAll({ queue }, em, others, { isSwept, priority: 'normal' })
      return rows.length
    })
  }
}

const forgottenStatement = `
  update accesses a set next_attempt_at = $1 from (
    select f.id, f.removed_at is not null or s.state <> 'active' as is_cut,
      exists (select 1 from pending_deliveries p where p.subscription_id = f.subscription_id) as is_awaited
    from accesses f join subscriptions s on s.id = f.subscription_id
    where f.applied_revision < f.desired_revision and f.next_attempt_at <= $2
      and (f.leased_until is null or f.leased_until < $3 or f.leased_until > $5)
    order by f.next_attempt_at limit $4 for update of f skip locked
  ) forgotten
  where a.id = forgotten.id returning a.id, forgotten.is_cut, forgotten.is_awaited`
