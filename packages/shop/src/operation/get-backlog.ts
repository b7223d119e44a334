import { addDays, type PaymentState } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { countUndelivered, type Undelivered } from './count-undelivered.ts'

/** Counts stop here, so that a bad day does not make them slow. */
const countLimit = 10_000

/** What waits to be done, for whoever watches. */
export interface Backlog {
  /** Who has paid and has nothing that works; see `countUndelivered`. */
  readonly undelivered: Undelivered
  /** Accesses whose endpoint does not agree with the database yet. */
  readonly accessesBehind: number
  /** Attempts made for the most stubborn of them; 0 when none is behind. */
  readonly accessAttempts: number
  /** Told to nobody yet: `held` waits for its truth, `queued` for its bot. */
  readonly notificationsHeld: number
  readonly notificationsQueued: number
  /** Webhooks that no payment of ours was found for. */
  readonly webhooksUnhandled: number
  /** Payments opened in the last 24 hours, by state; a state that none is in is absent. */
  readonly paymentsLastDay: Readonly<Partial<Record<PaymentState, number>>>
}

interface Row {
  readonly behind: number
  readonly attempts: number
  readonly held: number
  readonly queued: number
  readonly unhandled: number
  readonly payments: Readonly<Partial<Record<PaymentState, number>>> | null
}

/** Counts what waits, in one read whose every part goes by an index and is bounded. */
export async function getBacklog({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>): Promise<Backlog> {
  const [row] = await db.em().execute<Row[]>(
    `select b.behind, b.attempts,
       (select count(*)::int from (select 1 from notifications where state = 'held' limit ${countLimit}) n) as held,
       (select count(*)::int from (select 1 from notifications where state = 'queued' limit ${countLimit}) n) as queued,
       (select count(*)::int from (select 1 from payment_webhooks where handled_at is null limit ${countLimit}) n) as unhandled,
       (select jsonb_object_agg(state, count) from
         (select state, count(*)::int as count from payments where created_at > ? group by state) p) as payments
     from (select count(*)::int as behind, coalesce(max(attempts), 0)::int as attempts
       from (select attempts from accesses where applied_revision < desired_revision limit ${countLimit}) a) b`,
    [addDays(clock.now(), -1)],
  )
  return {
    undelivered: await countUndelivered({ db, clock }),
    accessesBehind: row?.behind ?? 0,
    accessAttempts: row?.attempts ?? 0,
    notificationsHeld: row?.held ?? 0,
    notificationsQueued: row?.queued ?? 0,
    webhooksUnhandled: row?.unhandled ?? 0,
    paymentsLastDay: row?.payments ?? {},
  }
}
