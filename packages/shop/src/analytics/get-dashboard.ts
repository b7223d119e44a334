import { runStatement } from '@vpn-kiosk/db'
import { addDays, type Currency, type Money, money, startOfDay } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { countUndelivered, type Undelivered } from '../operation/count-undelivered.ts'
import { undecided } from '../payment/decide-payment.ts'
import { getRoom, type Room } from '../server/get-room.ts'
import { readServers, type ServerLine } from '../server/list-servers.ts'
import type { Actor, Seen } from '../staff/may-act.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { type Counts, countsStatement, type KeptFigures, recallFigures } from './keep-figures.ts'

export interface Dashboard {
  readonly at: Date
  /** In a large shop the total is a few minutes old. */
  readonly customers: { readonly total: number; readonly today: number }
  /** In a large shop a few minutes old. */
  readonly subscriptions: { readonly active: number; readonly trials: number }
  readonly payments: { readonly today: number }
  /** One entry a currency; empty when nothing was earned. Days are the shop's. */
  readonly revenue: {
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

interface CountedNow {
  readonly customers_today: number
  readonly payments_today: number
  readonly waiting: number
  readonly held: number
  readonly tickets: number
  readonly undecided: number
}

async function read(deps: Deps): Promise<Dashboard> {
  const at = deps.clock.now()
  const today = startOfDay(at, deps.policy.timeZone)
  const kept = await recallFigures(deps.db.em())
  const [counts] = await deps.db.read<CountedNow>(countStatement, [today, countLimit])
  if (!counts) throw new Error('the database counted nothing')
  const total = await countAll(deps, kept, at)
  return {
    at,
    customers: { total: total.customers, today: counts.customers_today },
    subscriptions: { active: total.active, trials: total.trials },
    payments: { today: counts.payments_today },
    revenue: await readRevenue(deps, kept, at, today),
    servers: await readServers(deps),
    room: await getRoom(deps),
    undelivered: await countUndelivered(deps),
    waitingAccesses: counts.waiting,
    heldNotifications: counts.held,
    openTickets: counts.tickets,
    undecidedPayments: counts.undecided,
  }
}

const countStatement = {
  name: 'counts of the dashboard',
  text: `select (select count(*)::int from customers where created_at >= $1) as customers_today,
       (select count(*)::int from payments where state = 'paid' and paid_at >= $1) as payments_today,
       (select count(*)::int from (select 1 from accesses where applied_revision < desired_revision limit $2) a) as waiting,
       (select count(*)::int from (select 1 from notifications where state = 'held' limit $2) n) as held,
       (select count(*)::int from tickets where state <> 'closed') as tickets,
       (select count(*)::int from (select 1 from payments where ${undecided} limit $2) p) as undecided`,
}

async function countAll({ db }: Deps, kept: KeptFigures | null, at: Date): Promise<Counts> {
  if (kept && kept.customers > countedAtOnce) return kept
  const [counts] = await db.transaction((em) => runStatement<Counts>(em, countsStatement, [at]))
  if (!counts) throw new Error('the database counted nothing')
  return counts
}

interface Earned {
  readonly currency: Currency
  readonly today: string
  readonly week: string
  readonly month: string
}

/** What is kept and, from its end on, the books themselves. Seven days are today and the six before. */
async function readRevenue(
  { db, policy }: Deps,
  kept: KeptFigures | null,
  at: Date,
  today: Date,
): Promise<Dashboard['revenue']> {
  const since = (days: number) => startOfDay(addDays(at, 1 - days), policy.timeZone)
  const month = since(30)
  const until = kept ? new Date(kept.until) : month
  const rows = await db.read<Earned>(revenueStatement, [today, since(7), month, until])
  const pick = (period: 'today' | 'week' | 'month') =>
    rows.map((row) => money(BigInt(row[period]), row.currency)).filter((amount) => amount.minor !== 0n)
  return { today: pick('today'), week: pick('week'), month: pick('month') }
}

const revenueStatement = {
  name: 'revenue of the dashboard',
  text: `select currency, coalesce(sum(minor) filter (where at >= $1), 0)::text as today,
       coalesce(sum(minor) filter (where at >= $2), 0)::text as week, sum(minor)::text as month
     from (
       select starts_at as at, currency, amount_minor as minor from revenue_slots where starts_at >= $3 and starts_at < $4
       union all
       select p.at, e.currency, -e.amount_minor from ledger_postings p join ledger_entries e on e.posting_id = p.id
       where p.at >= greatest($3, $4::timestamptz) and e.account = 'revenue'
     ) earned
     where at >= $3 group by currency order by currency desc`,
}
