import { sql } from '@vpn-kiosk/db'
import {
  type Currency,
  type CustomerId,
  money,
  moneyToDecimal,
  type PaymentId,
  type ProviderId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { type Month, rangeOf } from './month.ts'

type Deps = Pick<ShopDeps, 'db' | 'policy'>

/** A file for an accountant: UTF-8 with a byte order mark, semicolons, one line an event. Spreadsheets open it as it is. */
export const exportMonth = (deps: Deps, actor: Actor, month: Month): Promise<Seen<Uint8Array>> =>
  readIfPermitted(deps, actor, 'see_payments', () => write(deps, month))

const page = 5000
/** What Telegram takes as a document holds more than this. */
const mostLines = 400_000

const columns = ['time', 'event', 'provider', 'plan', 'amount', 'currency', 'fee', 'payment', 'customer'] as const

async function write(deps: Deps, month: Month): Promise<Uint8Array> {
  const range = rangeOf(month, deps.policy.timeZone)
  // Bytes page by page: half a million lines as strings would be ten times as large.
  const pages = [encodeLines([`\uFEFF${columns.join(';')}`])]
  let count = 0
  for (const readPage of [readPayments, readHeld, readLost, readRefunds]) {
    let after: Place = { at: range.from, id: '' }
    while (count < mostLines) {
      const rows = await readPage(deps.db, range.until, after)
      pages.push(encodeLines(rows.map(toLine)))
      count += rows.length
      const last = rows.at(-1)
      if (!last || rows.length < page) break
      after = last
    }
  }
  return Buffer.concat(pages)
}

const encodeLines = (lines: readonly string[]): Uint8Array => Buffer.from(lines.map((line) => `${line}\r\n`).join(''))

/** Of the last line that was read. */
interface Place {
  readonly at: Date
  readonly id: string
}

interface Row extends Place {
  readonly event: 'sale' | 'gift' | 'top_up' | 'held' | 'released' | 'written_off' | 'refund'
  readonly provider: ProviderId
  readonly code: string | null
  readonly minor: string
  readonly currency: Currency
  readonly fee: string | null
  readonly payment_id: PaymentId
  readonly customer_id: CustomerId
}

/** What came, in the order in which it came. */
const readPayments = async (db: ShopDeps['db'], until: Date, after: Place): Promise<Row[]> =>
  (
    await sql<Row>`
      select p.id, p.paid_at as at, case o.kind when 'plan' then 'sale' else o.kind end as event, p.provider,
        plans.code, p.received_minor::text as minor, coalesce(p.received_currency, p.currency) as currency,
        (select sum(e.amount_minor)::text from ledger_postings l join ledger_entries e on e.posting_id = l.id
          where l.payment_id = p.id and e.account = 'fees' and e.currency = p.received_currency) as fee,
        p.id as payment_id, p.customer_id
      from payments p join orders o on o.id = p.order_id left join plans on plans.id = o.plan_id and o.kind <> 'top_up'
      where p.paid_at >= ${after.at} and (p.paid_at, p.id) > (${after.at}, ${after.id}) and p.paid_at < ${until}
        and p.received_minor is not null
      order by p.paid_at, p.id limit ${page}`.execute(db.getKysely())
  ).rows

/** What came and awaits a decision, and, negative, what of it is no longer held because the whole has come. */
const readHeld = async (db: ShopDeps['db'], until: Date, after: Place): Promise<Row[]> =>
  (
    await sql<Row>`
      select l.id, l.at, case when e.amount_minor < 0 then 'held' else 'released' end as event, p.provider,
        null as code, (-e.amount_minor)::text as minor, e.currency, null as fee, p.id as payment_id, p.customer_id
      from ledger_postings l join ledger_entries e on e.posting_id = l.id join payments p on p.id = l.payment_id
      where l.at >= ${after.at} and (l.at, l.id) > (${after.at}, ${after.id}) and l.at < ${until}
        and e.account = 'suspense' and l.key not like 'refund:%' and l.key not like 'writ%'
      order by l.at, l.id limit ${page}`.execute(db.getKysely())
  ).rows

/** What providers never had and was written off, negative; positive where it was found after all. */
const readLost = async (db: ShopDeps['db'], until: Date, after: Place): Promise<Row[]> =>
  (
    await sql<Row>`
      select l.id, l.at, 'written_off' as event, p.provider, null as code, e.amount_minor::text as minor, e.currency,
        null as fee, p.id as payment_id, p.customer_id
      from ledger_postings l join ledger_entries e on e.posting_id = l.id join payments p on p.id = l.payment_id
      where l.at >= ${after.at} and (l.at, l.id) > (${after.at}, ${after.id}) and l.at < ${until}
        and e.account like 'provider:%' and l.key like 'writ%'
      order by l.at, l.id limit ${page}`.execute(db.getKysely())
  ).rows

/** What was given back; each a negative amount. */
const readRefunds = async (db: ShopDeps['db'], until: Date, after: Place): Promise<Row[]> =>
  (
    await sql<Row>`
      select r.id, r.closed_at as at, 'refund' as event, p.provider, null as code, (-r.amount_minor)::text as minor,
        r.currency, null as fee, p.id as payment_id, p.customer_id
      from refunds r join payments p on p.id = r.payment_id
      where r.state = 'done' and (r.closed_at, r.id) > (${after.at}, ${after.id}) and r.closed_at < ${until}
      order by r.closed_at, r.id limit ${page}`.execute(db.getKysely())
  ).rows

function toLine(row: Row): string {
  const amount = moneyToDecimal(money(BigInt(row.minor), row.currency))
  const fee = row.fee === null ? '' : moneyToDecimal(money(BigInt(row.fee), row.currency))
  const values = [row.at.toISOString(), row.event, row.provider, row.code ?? '', amount, row.currency, fee]
  return [...values, row.payment_id, row.customer_id].map(quote).join(';')
}

/** Nothing that a spreadsheet would take for a formula, and nothing that would end the field. */
const quote = (text: string): string => {
  const safe = /^[=+@\t\r]/.test(text) || /^-[^\d]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
