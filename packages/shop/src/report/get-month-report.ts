import { sql } from '@vpn-kiosk/db'
import {
  addMs,
  type Currency,
  type DiscountCause,
  dayMs,
  isBefore,
  type LocalizedText,
  type Money,
  money,
  type ProviderId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { findClosedMonth } from './find-closed-month.ts'
import { addMonths, type Month, type MonthRange, monthOf, rangeOf } from './month.ts'
import type { MonthReport, ReportLine } from './month-report.ts'

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy'>

/** The money of a month; of the running one without `month`. */
export const getMonthReport = (deps: Deps, actor: Actor, month?: Month): Promise<Seen<MonthReport>> =>
  readIfPermitted(deps, actor, 'see_payments', () => readReport(deps, month))

/** For verbs that have asked who asks. */
export async function readReport({ db, clock, policy }: Deps, asked?: Month): Promise<MonthReport> {
  const running = monthOf(clock.now(), policy.timeZone)
  const month = asked !== undefined && asked < running ? asked : running
  const range = rangeOf(month, policy.timeZone)
  const closed = await findClosedMonth(db, month)
  const next = month === running ? null : addMonths(month, 1)
  const place = { month, previous: addMonths(month, -1), next }
  if (closed) return { ...closed.figures, ...place, closedAt: closed.closedAt, canClose: false }
  const [sales, refunds, fees, discounts, revenue, deferred, gifts, balances, suspense, bonuses, credit, lost] =
    await Promise.all([
      readSales(db, range),
      readRefunds(db, range),
      readFees(db, range),
      readDiscounts(db, range),
      readRevenue(db, range),
      readDeferred(db),
      readAccounts(db, 'gifts'),
      readAccounts(db, 'customer:'),
      readAccounts(db, 'suspense'),
      readGiven(db, 'bonuses', range),
      readGiven(db, 'credit', range),
      readGiven(db, 'written_off', range),
    ])
  return {
    ...place,
    closedAt: null,
    canClose: isBefore(addMs(range.until, closableAfterMs), clock.now()),
    sales: sales.map(toLine),
    refunds: refunds.map(toLine),
    fees: fees.map(toLine),
    discounts: discounts.map(({ cause, count, ...sum }) => ({ cause, count, amount: toMoney(sum) })),
    revenue: revenue.map(toLine),
    given: { bonuses: bonuses.map(toMoney), credit: credit.map(toMoney) },
    writtenOff: lost.map(toMoney),
    owed: {
      deferred: deferred.map(toMoney),
      gifts: gifts.map(toMoney),
      balances: balances.map(toMoney),
      suspense: suspense.map(toMoney),
    },
  }
}

/** Revenue of the last day is booked in the night after it, and again in the next one where that failed. */
const closableAfterMs = 2 * dayMs

interface Row {
  readonly provider: ProviderId
  readonly title: LocalizedText | null
  readonly count: number
  readonly minor: string
  readonly currency: Currency
}

const toLine = ({ provider, title, count, minor, currency }: Row): ReportLine => ({
  provider,
  plan: title,
  count,
  amount: money(BigInt(minor), currency),
})
const toMoney = ({ minor, currency }: Pick<Row, 'minor' | 'currency'>): Money => money(BigInt(minor), currency)

const counted = sql<number>`count(*)::int`.as('count')

const readSales = (db: ShopDeps['db'], { from, until }: MonthRange): Promise<Row[]> =>
  db
    .getKysely()
    .selectFrom('sales as s')
    .leftJoin('plans', 'plans.id', 's.plan_id')
    .select(['s.provider', 'plans.title', 's.currency', counted, sql<string>`sum(s.amount_minor)::text`.as('minor')])
    .where('s.sold_at', '>=', from)
    .where('s.sold_at', '<', until)
    .groupBy(['s.provider', 'plans.id', 's.currency'])
    .orderBy(sql`sum(s.amount_minor)`, 'desc')
    .execute()

const readRefunds = (db: ShopDeps['db'], { from, until }: MonthRange): Promise<Row[]> =>
  db
    .getKysely()
    .selectFrom('refunds as r')
    .innerJoin('payments as p', 'p.id', 'r.payment_id')
    .leftJoin('sales as s', 's.payment_id', 'p.id')
    .leftJoin('plans', 'plans.id', 's.plan_id')
    .select(['p.provider', 'plans.title', 'r.currency', counted, sql<string>`sum(r.amount_minor)::text`.as('minor')])
    .where('r.state', '=', 'done')
    .where('r.closed_at', '>=', from)
    .where('r.closed_at', '<', until)
    .groupBy(['p.provider', 'plans.id', 'r.currency'])
    .orderBy(sql`sum(r.amount_minor)`, 'desc')
    .execute()

const readFees = (db: ShopDeps['db'], { from, until }: MonthRange): Promise<Row[]> =>
  db
    .getKysely()
    .selectFrom('ledger_postings as l')
    .innerJoin('ledger_entries as e', 'e.posting_id', 'l.id')
    .innerJoin('payments as p', 'p.id', 'l.payment_id')
    .select(['p.provider', sql<null>`null`.as('title'), 'e.currency', counted])
    .select(sql<string>`sum(e.amount_minor)::text`.as('minor'))
    .where('e.account', '=', 'fees')
    .where('l.at', '>=', from)
    .where('l.at', '<', until)
    .groupBy(['p.provider', 'e.currency'])
    .execute()

interface DiscountRow extends Pick<Row, 'count' | 'minor' | 'currency'> {
  readonly cause: DiscountCause
}

const readDiscounts = (db: ShopDeps['db'], { from, until }: MonthRange): Promise<DiscountRow[]> =>
  db
    .getKysely()
    .selectFrom('orders')
    .select([sql<DiscountCause>`discount_cause`.as('cause'), 'currency', counted])
    .select(sql<string>`sum(discount_minor)::text`.as('minor'))
    .where('paid_at', '>=', from)
    .where('paid_at', '<', until)
    .where('kind', '=', 'plan')
    .where(sql<boolean>`discount_minor > 0`)
    .groupBy(['discount_cause', 'currency'])
    .orderBy(sql`sum(discount_minor)`, 'desc')
    .execute()

const readRevenue = (db: ShopDeps['db'], { from, until }: MonthRange): Promise<Row[]> =>
  db
    .getKysely()
    .selectFrom('recognized_revenue as r')
    .leftJoin('plans', 'plans.id', 'r.plan_id')
    .select(['r.provider', 'plans.title', 'r.currency', counted, sql<string>`sum(r.amount_minor)::text`.as('minor')])
    .where('r.day', '>=', from)
    .where('r.day', '<', until)
    .groupBy(['r.provider', 'plans.id', 'r.currency'])
    .orderBy(sql`sum(r.amount_minor)`, 'desc')
    .execute()

const readDeferred = (db: ShopDeps['db']) =>
  db
    .getKysely()
    .selectFrom('sales')
    .select(['currency', sql<string>`sum(deferred_minor)::text`.as('minor')])
    .where('deferred_minor', '>', sql.lit('0'))
    .groupBy('currency')
    .execute()

/** What an account of what the shop bore grew by; its entries are debits. */
const readGiven = (db: ShopDeps['db'], account: 'bonuses' | 'credit' | 'written_off', { from, until }: MonthRange) =>
  db
    .getKysely()
    .selectFrom('ledger_postings as l')
    .innerJoin('ledger_entries as e', 'e.posting_id', 'l.id')
    .select(['e.currency', sql<string>`sum(e.amount_minor)::text`.as('minor')])
    .where('e.account', '=', account)
    .where('l.at', '>=', from)
    .where('l.at', '<', until)
    .groupBy('e.currency')
    .having(sql<boolean>`sum(e.amount_minor) <> 0`)
    .execute()

/** What stands in the accounts that begin so: debts are credits, so their entries are negative. */
const readAccounts = (db: ShopDeps['db'], prefix: 'customer:' | 'gifts' | 'suspense') =>
  db
    .getKysely()
    .selectFrom('ledger_entries')
    .select(['currency', sql<string>`(-sum(amount_minor))::text`.as('minor')])
    .where(sql<boolean>`account like ${`${prefix}%`}`)
    .groupBy('currency')
    .having(sql<boolean>`sum(amount_minor) <> 0`)
    .execute()
