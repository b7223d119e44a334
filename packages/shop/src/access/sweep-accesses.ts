import { type EntityManager, sql } from '@vpn-kiosk/db'
import { addMs, longestPostponementMs, minuteMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { assignPlaces } from './assign-places.ts'
import { endStuckAlerts } from './end-stuck-alerts.ts'
import { ensureAccesses } from './ensure-accesses.ts'
import { fillEndpoints } from './fill-endpoints.ts'
import { strangeLeaseMs } from './hold-lease.ts'
import { notifyDelays } from './notify-delays.ts'
import { queueAccesses, queueAheadMs, queueCuts } from './queue-access.ts'
import { removeExpiredAccesses } from './remove-expired-accesses.ts'

export type SweepAccessesDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

const page = 500
/** More are left for the next sweep. */
const mostPages = 20

/**
 * Finds what was forgotten: accesses whose job was lost, places that expired subscriptions still hold, running
 * subscriptions without an access, customers who have waited too long for a paid key. New room goes first to those
 * without any access.
 */
export async function sweepAccesses(deps: SweepAccessesDeps): Promise<void> {
  await takeUpPostponed(deps)
  await nudgeForgotten(deps)
  await removeExpiredAccesses(deps)
  await ensureAccesses(deps)
  if (await assignPlaces(deps)) await fillEndpoints(deps)
  await notifyDelays(deps)
  await endStuckAlerts(deps)
}

/** Pauses that were set while the clock was ahead would last until then. */
async function takeUpPostponed({ db, clock }: SweepAccessesDeps): Promise<void> {
  const now = clock.now()
  await db
    .getKysely()
    .updateTable('accesses')
    .set({ next_attempt_at: addMs(now, -minuteMs) })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('accesses')
        .select('id')
        .whereRef('applied_revision', '<', 'desired_revision')
        .where('next_attempt_at', '>', addMs(now, longestPostponementMs))
        .orderBy('next_attempt_at', 'desc')
        .limit(page)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
}

type Forgotten = Awaited<ReturnType<typeof takeForgotten>>[number]

/** Cuts go to their own workers; of the others, those that somebody has paid for and waits for go first. */
async function nudgeForgotten({ db, queue, clock }: SweepAccessesDeps): Promise<void> {
  const now = clock.now()
  let found = page
  for (let pages = 0; pages < mostPages && found === page; pages++) {
    found = await db.transaction(async (em) => {
      const rows = await takeForgotten(em, now)
      const idsOf = (isOne: (row: Forgotten) => boolean) => rows.filter(isOne).map(({ id }) => id)
      const isSwept = true
      await queueCuts(
        { queue },
        em,
        idsOf((row) => row.is_cut),
        { isSwept },
      )
      const awaited = idsOf((row) => !row.is_cut && row.is_awaited)
      await queueAccesses({ queue }, em, awaited, { isSwept, priority: 'urgent' })
      const others = idsOf((row) => !row.is_cut && !row.is_awaited)
      await queueAccesses({ queue }, em, others, { isSwept, priority: 'normal' })
      return rows.length
    })
  }
}

const takeForgotten = (em: EntityManager, now: Date) =>
  em
    .getKysely()
    .updateTable('accesses as a')
    .from((from) =>
      from
        .selectFrom('accesses as f')
        .innerJoin('subscriptions as s', 's.id', 'f.subscription_id')
        .select([
          'f.id',
          sql<boolean>`f.removed_at is not null or s.state <> 'active'`.as('is_cut'),
          sql<boolean>`exists (select 1 from pending_deliveries p where p.subscription_id = f.subscription_id)`.as(
            'is_awaited',
          ),
        ])
        .whereRef('f.applied_revision', '<', 'f.desired_revision')
        .where('f.next_attempt_at', '<=', addMs(now, -10_000))
        .where((eb) =>
          eb.or([
            eb('f.leased_until', 'is', null),
            eb('f.leased_until', '<', now),
            eb('f.leased_until', '>', addMs(now, strangeLeaseMs)),
          ]),
        )
        .orderBy('f.next_attempt_at')
        .limit(page)
        .forUpdate('f')
        .skipLocked()
        .as('forgotten'),
    )
    .set({ next_attempt_at: addMs(now, queueAheadMs) })
    .whereRef('a.id', '=', 'forgotten.id')
    .returning(['a.id', 'forgotten.is_cut', 'forgotten.is_awaited'])
    .execute()
