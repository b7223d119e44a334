import { sql } from '@vpn-kiosk/db'
import { addDays, balanceProvider, type Money, money, startOfDay } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { countUndelivered, type Undelivered } from '../operation/count-undelivered.ts'
import { undecided } from '../payment/decide-payment.ts'
import { getRoom, type Room } from '../server/get-room.ts'
import { readServers, type ServerLine } from '../server/list-servers.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { type Counts, countCustomers, isSale, type KeptFigures, recallFigures } from './refresh-figures.ts'

export interface Dashboard {
  readonly at: Date
  /** In a large shop the total is a few minutes old. */
  readonly customers: { readonly total: number; readonly today: number }
  /** In a large shop a few minutes old. */
  readonly subscriptions: { readonly active: number; readonly trials: number }
  readonly payments: { readonly today: number }
  /** Sold, less what was given back; one entry a currency, empty when nothing was sold. Days are the shop's. */
  readonly sales: {
    readonly today: readonly Money[]
    readonly week: readonly Money[]
    readonly month: readonly Money[]
  }
  readonly servers: readonly ServerLine[]
  readonly room: Room
  /** Who has paid, or tries, and has nothing that works. */
  readonly undelivered: Undelivered
  /** Accesses on which an endpoint has yet to agree; up to 10,000. */
  readonly waitingAccesses: number
  /** Notifications that wait for the access they announce; up to 10,000. */
  readonly heldNotifications: number
  readonly openTickets: number
  /** Payments about which a human must decide. */
  readonly undecidedPayments: number
}

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'drivers'>

/** How the shop does now, today, in the last 7 and 30 days. */
export const getDashboard = (deps: Deps, actor: Actor): Promise<Seen<Dashboard>> =>
  readIfPermitted(deps, actor, 'see_dashboard', () => read(deps))

/** Beyond so many customers what is kept is shown; fewer are counted at once. */
const countedAtOnce = 20_000
const countLimit = 10_000

async function read(deps: Deps): Promise<Dashboard> {
  const at = deps.clock.now()
  const today = startOfDay(at, deps.policy.timeZone)
  const kept = await recallFigures(deps)
  const counts = await countNow(deps, today)
  const total = await countAll(deps, kept, at)
  return {
    at,
    customers: { total: total.customers, today: counts.customers_today },
    subscriptions: { active: total.active, trials: total.trials },
    payments: { today: counts.payments_today },
    sales: await readSales(deps, kept, at, today),
    servers: await readServers(deps),
    room: await getRoom(deps),
    undelivered: await countUndelivered(deps),
    waitingAccesses: counts.waiting,
    heldNotifications: counts.held,
    openTickets: counts.tickets,
    undecidedPayments: counts.undecided,
  }
}

const counted = sql<number>`count(*)::int`.as('count')

function countNow({ db }: Deps, today: Date) {
  const kysely = db.getKysely()
  const waiting = kysely
    .selectFrom('accesses')
    .select('id')
    .whereRef('applied_revision', '<', 'desired_revision')
    .limit(countLimit)
  const held = kysely.selectFrom('notifications').select('id').where('state', '=', sql.lit('held')).limit(countLimit)
  const open = kysely.selectFrom('payments').select('id').where(undecided).limit(countLimit)
  return kysely
    .selectNoFrom((eb) => [
      eb
        .selectFrom('customers')
        .select(counted)
        .where('created_at', '>=', today)
        .$asScalar()
        .$notNull()
        .as('customers_today'),
      eb
        .selectFrom('payments')
        .select(counted)
        .where('state', '=', sql.lit('paid'))
        .where('provider', '<>', balanceProvider)
        .where('paid_at', '>=', today)
        .$asScalar()
        .$notNull()
        .as('payments_today'),
      sql<number>`(select count(*)::int from ${waiting} as a)`.as('waiting'),
      sql<number>`(select count(*)::int from ${held} as n)`.as('held'),
      eb
        .selectFrom('tickets')
        .select(counted)
        .where('state', '<>', sql.lit('closed'))
        .$asScalar()
        .$notNull()
        .as('tickets'),
      sql<number>`(select count(*)::int from ${open} as p)`.as('undecided'),
    ])
    .executeTakeFirstOrThrow()
}

async function countAll({ db }: Deps, kept: KeptFigures | null, at: Date): Promise<Counts> {
  if (kept && kept.customers > countedAtOnce) return kept
  return countCustomers(db.em(), at)
}

/** What is kept and, from its end on, the books themselves. Seven days are today and the six before. */
async function readSales(
  { db, policy }: Deps,
  kept: KeptFigures | null,
  at: Date,
  today: Date,
): Promise<Dashboard['sales']> {
  const since = (days: number) => startOfDay(addDays(at, 1 - days), policy.timeZone)
  const month = since(30)
  const until = kept ? new Date(kept.until) : month
  const rows = await sumSales(db, { today, week: since(7), month, until })
  const pick = (period: 'today' | 'week' | 'month') =>
    rows.map((row) => money(BigInt(row[period]), row.currency)).filter((amount) => amount.minor !== 0n)
  return { today: pick('today'), week: pick('week'), month: pick('month') }
}

type Periods = { readonly today: Date; readonly week: Date; readonly month: Date; readonly until: Date }

/** Of a currency: what was sold in each period. */
function sumSales(db: ShopDeps['db'], { today, week, month, until }: Periods) {
  const since = (from: Date) => sql<string>`coalesce(sum(minor) filter (where at >= ${from}), 0)::text`
  return db
    .getKysely()
    .selectFrom((eb) =>
      eb
        .selectFrom('revenue_slots')
        .select(['starts_at as at', 'currency', 'amount_minor as minor'])
        .where('starts_at', '>=', month)
        .where('starts_at', '<', until)
        .unionAll(
          eb
            .selectFrom('ledger_postings as p')
            .innerJoin('ledger_entries as e', 'e.posting_id', 'p.id')
            .select(['p.at', 'e.currency', sql<string>`-e.amount_minor`.as('minor')])
            .where('p.at', '>=', until.getTime() > month.getTime() ? until : month)
            .where(isSale),
        )
        .as('earned'),
    )
    .select(['currency', since(today).as('today'), since(week).as('week'), since(month).as('month')])
    .where('at', '>=', month)
    .groupBy('currency')
    .orderBy('currency', 'desc')
    .execute()
}
