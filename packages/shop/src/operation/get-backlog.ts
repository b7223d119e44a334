import { type Statements, sql } from '@vpn-kiosk/db'
import { addDays, type PaymentState } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { undecided } from '../payment/decide-payment.ts'
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
  /** What only a human can end: payments that wait for a decision, and webhooks about money that fit none. */
  readonly cases: { readonly open: number; readonly oldestAt: Date | null }
  /** Payments opened in the last 24 hours, by state; a state that none is in is absent. */
  readonly paymentsLastDay: Readonly<Partial<Record<PaymentState, number>>>
}

/** Counts what waits, in one read whose every part goes by an index and is bounded. */
export async function getBacklog({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>): Promise<Backlog> {
  const row = await read(db.getKysely(), addDays(clock.now(), -1))
  return {
    undelivered: await countUndelivered({ db, clock }),
    accessesBehind: row.behind,
    accessAttempts: row.attempts,
    notificationsHeld: row.held,
    notificationsQueued: row.queued,
    webhooksUnhandled: row.unhandled,
    cases: await countCases(db.getKysely()),
    paymentsLastDay: row.payments ?? {},
  }
}

async function countCases(db: Statements): Promise<Backlog['cases']> {
  const payments = db.selectFrom('payments').select('created_at as at').where(undecided).limit(countLimit)
  const webhooks = db
    .selectFrom('payment_webhooks')
    .select('received_at as at')
    .where('handled_at', 'is', null)
    .where('told_at', 'is not', null)
    .limit(countLimit)
  const { open, oldest } = await db
    .selectFrom(sql<{ at: Date }>`((${payments}) union all (${webhooks}))`.as<'c'>(sql`c (at)`))
    .select([sql<number>`count(*)::int`.as('open'), sql<Date | null>`min(c.at)`.as('oldest')])
    .executeTakeFirstOrThrow()
  return { open, oldestAt: oldest }
}

function read(db: Statements, since: Date) {
  const notifications = db.selectFrom('notifications').select('id').limit(countLimit)
  const held = notifications.where('state', '=', sql.lit('held'))
  const queued = notifications.where('state', '=', sql.lit('queued'))
  const unhandled = db.selectFrom('payment_webhooks').select('id').where('handled_at', 'is', null).limit(countLimit)
  const payments = db
    .selectFrom('payments')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .where('created_at', '>', since)
    .groupBy('state')
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('accesses')
        .select('attempts')
        .whereRef('applied_revision', '<', 'desired_revision')
        .limit(countLimit)
        .as('a'),
    )
    .select([
      sql<number>`count(*)::int`.as('behind'),
      sql<number>`coalesce(max(a.attempts), 0)::int`.as('attempts'),
      sql<number>`(select count(*)::int from ${held} as n)`.as('held'),
      sql<number>`(select count(*)::int from ${queued} as n)`.as('queued'),
      sql<number>`(select count(*)::int from ${unhandled} as n)`.as('unhandled'),
      sql<Partial<Record<PaymentState, number>> | null>`(
        select jsonb_object_agg(p.state, p.count) from ${payments} as p)`.as('payments'),
    ])
    .executeTakeFirstOrThrow()
}
