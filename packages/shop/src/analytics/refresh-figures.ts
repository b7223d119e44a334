import { type EntityManager, sql } from '@vpn-kiosk/db'
import { addDays, addMs, hourMs, minuteMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { recall, remember } from '../setting/remember.ts'

const key = 'check:figures'
const slotMs = 15 * minuteMs
/** A posting may be committed some time after its instant. */
const settleMs = 5 * minuteMs
/** What was written is counted once more, whenever it was committed. */
const recountMs = 2 * hourMs
const keptDays = 62

/** The larger the shop, the more rarely it is counted: a million customers every 25 minutes. */
const countAfterMs = 1.5

/** Counted some minutes ago at most, where counting anew would be slow. */
export interface KeptFigures {
  /** What was sold before this instant is in `revenue_slots`. */
  readonly until: string
  /** Absent where an earlier version counted. */
  readonly countedAt?: string
  readonly customers: number
  readonly active: number
  readonly trials: number
}

/**
 * Keeps what the dashboard would otherwise count from whole tables: sales by quarter hours, which fit the days of any
 * time zone, and how many customers and running subscriptions there are. Counting again changes nothing.
 */
export async function refreshFigures(deps: Pick<ShopDeps, 'db' | 'clock'>): Promise<KeptFigures> {
  const { db, clock } = deps
  const now = clock.now()
  const kept = await recallFigures(deps)
  const until = new Date(Math.floor((now.getTime() - settleMs) / slotMs) * slotMs)
  const from = kept ? addMs(new Date(kept.until), -recountMs) : addDays(until, -keptDays)
  return db.transaction(async (em) => {
    await writeSlots(em, from, until)
    await em.getKysely().deleteFrom('revenue_slots').where('starts_at', '<', addDays(until, -keptDays)).execute()
    const value: KeptFigures = { ...(await count(em, kept, now)), until: until.toISOString() }
    await remember(deps, key, value, em)
    return value
  })
}

async function count(em: EntityManager, kept: KeptFigures | null, now: Date): Promise<Omit<KeptFigures, 'until'>> {
  const age = kept?.countedAt ? now.getTime() - new Date(kept.countedAt).getTime() : Number.POSITIVE_INFINITY
  if (kept && age >= 0 && age < kept.customers * countAfterMs) return kept
  return { ...(await countCustomers(em, now)), countedAt: now.toISOString() }
}

/** Null until they were kept for the first time. */
export const recallFigures = (deps: Pick<ShopDeps, 'db'>): Promise<KeptFigures | null> => recall(deps, key)

export type Counts = Pick<KeptFigures, 'customers' | 'active' | 'trials'>

/**
 * Of `p` and `e`: what was sold, less what was given back of it. Time that passes sells nothing; earlier versions booked a
 * sale as revenue at once. A gift that nobody activated is balance again, and is sold once that is spent.
 */
export const isSale = sql<boolean>`((e.account in ('deferred', 'gifts', 'revenue') and (p.key like 'sale:%' or p.key like 'accepted:%'))
  or (e.account in ('deferred', 'gifts', 'refunds') and p.key like 'refund:%')
  or (e.account = 'gifts' and p.key like 'gift_returned:%'))`

/** Sales are credits, so their entries are negative. */
const writeSlots = (em: EntityManager, from: Date, until: Date) =>
  em
    .getKysely()
    .insertInto('revenue_slots')
    .columns(['starts_at', 'currency', 'amount_minor'])
    .expression((eb) =>
      eb
        .selectFrom('ledger_postings as p')
        .innerJoin('ledger_entries as e', 'e.posting_id', 'p.id')
        .select([
          sql<Date>`date_bin('15 minutes', p.at, timestamptz '2020-01-01 00:00Z')`.as('starts_at'),
          'e.currency',
          sql<string>`-sum(e.amount_minor)`.as('amount_minor'),
        ])
        .where('p.at', '>=', from)
        .where('p.at', '<', until)
        .where(isSale)
        .groupBy(['starts_at', 'e.currency']),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['starts_at', 'currency'])
        .doUpdateSet((eb) => ({ amount_minor: eb.ref('excluded.amount_minor') })),
    )
    .execute()

/** All customers, and the subscriptions that run now. */
export const countCustomers = (em: EntityManager, now: Date): Promise<Counts> =>
  em
    .getKysely()
    .selectFrom('subscriptions')
    .select([
      sql<number>`(select count(*)::int from customers)`.as('customers'),
      sql<number>`count(*) filter (where not is_trial)::int`.as('active'),
      sql<number>`count(*) filter (where is_trial)::int`.as('trials'),
    ])
    .where('state', '=', sql.lit('active'))
    .where('ends_at', '>', now)
    .executeTakeFirstOrThrow()
