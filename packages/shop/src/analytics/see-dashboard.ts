import { addDays, type Currency, type Money, money, startOfDay } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readServers, type ServerLine } from '../server/list-servers.ts'
import { type Actor, type Seen, seeIfPermitted } from '../staff/permission.ts'

export interface Dashboard {
  readonly at: Date
  readonly customers: { readonly total: number; readonly today: number }
  readonly subscriptions: { readonly active: number; readonly trials: number }
  readonly payments: { readonly today: number }
  /** One entry a currency; empty when nothing was earned. Days are the shop's. */
  readonly revenue: {
    readonly today: readonly Money[]
    readonly week: readonly Money[]
    readonly month: readonly Money[]
  }
  readonly servers: readonly ServerLine[]
  /** Accesses on which an endpoint has yet to agree. */
  readonly waitingAccesses: number
  /** Notices that wait for the access they announce. */
  readonly heldNotices: number
  readonly openTickets: number
}

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy'>

/** How the shop does now, today, in the last 7 and 30 days. */
export const seeDashboard = (deps: Deps, actor: Actor): Promise<Seen<Dashboard>> =>
  seeIfPermitted(deps, actor, 'see_dashboard', () => read(deps))

interface Counts {
  readonly customers: number
  readonly customers_today: number
  readonly active: number
  readonly trials: number
  readonly payments_today: number
  readonly waiting: number
  readonly held: number
  readonly tickets: number
}

async function read(deps: Deps): Promise<Dashboard> {
  const at = deps.clock.now()
  const today = startOfDay(at, deps.policy.timeZone)
  const [counts] = await deps.db.em().execute<Counts[]>(
    `select (select count(*)::int from customers) as customers,
       (select count(*)::int from customers where created_at >= ?) as customers_today,
       (select count(*)::int from subscriptions where state = 'active' and ends_at > ? and not is_trial) as active,
       (select count(*)::int from subscriptions where state = 'active' and ends_at > ? and is_trial) as trials,
       (select count(*)::int from payments where state = 'paid' and paid_at >= ?) as payments_today,
       (select count(*)::int from accesses where applied_revision < desired_revision) as waiting,
       (select count(*)::int from notices where state = 'held') as held,
       (select count(*)::int from tickets where state <> 'closed') as tickets`,
    [today, at, at, today],
  )
  if (!counts) throw new Error('the database counted nothing')
  return {
    at,
    customers: { total: counts.customers, today: counts.customers_today },
    subscriptions: { active: counts.active, trials: counts.trials },
    payments: { today: counts.payments_today },
    revenue: await readRevenue(deps, at, today),
    servers: await readServers(deps),
    waitingAccesses: counts.waiting,
    heldNotices: counts.held,
    openTickets: counts.tickets,
  }
}

interface Earned {
  readonly currency: Currency
  readonly today: string
  readonly week: string
  readonly month: string
}

/** From the books: revenue is a credit, so its entries are negative. Seven days are today and the six before. */
async function readRevenue({ db, policy }: Deps, at: Date, today: Date): Promise<Dashboard['revenue']> {
  const since = (days: number) => startOfDay(addDays(at, 1 - days), policy.timeZone)
  const rows = await db.em().execute<Earned[]>(
    `select e.currency, coalesce(-sum(e.amount_minor) filter (where p.at >= ?), 0)::text as today,
       coalesce(-sum(e.amount_minor) filter (where p.at >= ?), 0)::text as week, (-sum(e.amount_minor))::text as month
     from ledger_entries e join ledger_postings p on p.id = e.posting_id
     where e.account = 'revenue' and p.at >= ? group by e.currency order by e.currency desc`,
    [today, since(7), since(30)],
  )
  const pick = (period: 'today' | 'week' | 'month') =>
    rows.map((row) => money(BigInt(row[period]), row.currency)).filter((amount) => amount.minor !== 0n)
  return { today: pick('today'), week: pick('week'), month: pick('month') }
}
