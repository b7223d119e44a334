import { sql } from '@vpn-kiosk/db'
import type { Currency } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { type Month, rangeOf } from './month.ts'

export interface ReportDays {
  /** The currency in which most sales of the month were; null where there were none. */
  readonly currency: Currency | null
  /** Every day of the month, in minor units of that currency. */
  readonly days: readonly { readonly sold: bigint; readonly earned: bigint }[]
}

/** What was sold and what was earned on each day of a month, for a picture. */
export const listReportDays = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
  month: Month,
): Promise<Seen<ReportDays>> => readIfPermitted(deps, actor, 'see_payments', () => read(deps, month))

interface Row {
  readonly kind: 'sold' | 'earned'
  readonly currency: Currency
  readonly day: number
  readonly minor: string
  readonly count: number
}

async function read({ db, policy: { timeZone } }: Pick<ShopDeps, 'db' | 'policy'>, month: Month): Promise<ReportDays> {
  const { from, until } = rangeOf(month, timeZone)
  const dayOf = (column: 'sold_at' | 'day') =>
    sql`extract(day from ${sql.ref(column)} at time zone ${timeZone}::text)::int`
  const { rows } = await sql<Row>`
    select 'sold' as kind, currency, ${dayOf('sold_at')} as day, sum(amount_minor)::text as minor, count(*)::int as count
    from sales where sold_at >= ${from} and sold_at < ${until} group by 2, 3
    union all
    select 'earned', currency, ${dayOf('day')}, sum(amount_minor)::text, 0
    from recognized_revenue where day >= ${from} and day < ${until} group by 2, 3`.execute(db.getKysely())
  const counts = Map.groupBy(rows, ({ currency }) => currency)
  const sales = (of: readonly Row[]) => of.reduce((sum, { count }) => sum + count, 0)
  const [currency = null] = [...counts].toSorted(([, a], [, b]) => sales(b) - sales(a))[0] ?? []
  const of = (kind: Row['kind'], day: number): bigint =>
    BigInt(rows.find((row) => row.kind === kind && row.day === day && row.currency === currency)?.minor ?? 0)
  const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()
  const days = Array.from({ length }, (_, at) => ({ sold: of('sold', at + 1), earned: of('earned', at + 1) }))
  return { currency, days }
}
