import { type Expression, type Statements, sql } from '@vpn-kiosk/db'
import { type CustomerId, isId, type PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import {
  type CustomerCursor,
  type CustomerPage,
  isAfter,
  type LineOrder,
  type LineRow,
  lineColumns,
  pageLength,
  toPage,
} from './customer-line.ts'

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy'>

const maxQuery = 100
const maxTelegramId = 2n ** 62n

/**
 * Finds people by our id, `@name` or a link to it, Telegram id, a payment's id (ours or the provider's) or a part of
 * their name: three letters anywhere in it, fewer at the beginning of a word. Ten a page, the newest customers first;
 * `after` is the `next` of the page before.
 */
export const findCustomers = (
  deps: Deps,
  actor: Actor,
  query: string,
  after: CustomerCursor | null = null,
): Promise<Seen<CustomerPage>> =>
  readIfPermitted(deps, actor, 'see_customers', async () => {
    const rows = await search(deps, query.trim().slice(0, maxQuery), after)
    return toPage(rows, deps.clock.now())
  })

async function search(deps: Deps, query: string, after: CustomerCursor | null): Promise<LineRow[]> {
  if (query === '' || query.includes('\0')) return []
  const exact = exactOf(deps.db.getKysely(), query)
  if (exact && !after) {
    const rows = await selectLines(deps.db.getKysely())
      .where('c.id', '=', sql<CustomerId>`any(array(${exact.ids}))`)
      .limit(pageLength)
      .execute()
    if (rows.length > 0 || exact.isOnly) return rows
  }
  return searchNames(deps, query, after)
}

const newestFirst: LineOrder = { at: sql.ref('c.created_at'), id: sql.ref('c.id'), direction: 'desc' }

const selectLines = (db: Statements) =>
  db
    .selectFrom('customers as c')
    .leftJoin('subscriptions as s', 's.customer_id', 'c.id')
    .select(lineColumns(newestFirst.at))

interface Exact {
  /** A statement of customers' ids; each goes by a unique key or an index. */
  readonly ids: Expression<unknown>
  /** What looks like this is not searched for among the names. */
  readonly isOnly: boolean
}

/** What names somebody exactly. */
function exactOf(db: Statements, query: string): Exact {
  const customers = db.selectFrom('customers').select('id').limit(10)
  const payments = db.selectFrom('payments').select('customer_id').limit(10)
  const name = /^(?:@|(?:https?:\/\/)?t\.me\/)(\w{2,32})$/i.exec(query)?.[1]
  if (name) return { ids: customers.where(sql<boolean>`lower(username) = lower(${name})`), isOnly: true }
  if (isId('customer', query)) return { ids: customers.where('id', '=', query as CustomerId), isOnly: true }
  if (isId('payment', query)) return { ids: payments.where('id', '=', query as PaymentId), isOnly: true }
  const byReference = payments.where('reference', '=', query)
  if (/^\d{1,19}$/.test(query) && BigInt(query) < maxTelegramId)
    return {
      ids: sql`(${customers.where('telegram_id', '=', query)}) union all (${byReference})`,
      isOnly: false,
    }
  return { ids: byReference, isOnly: false }
}

/** SQL: what is searched in: the names in small letters, each word after two spaces. */
const letters = sql<string>`letters_of(c.first_name || ' ' || coalesce(c.last_name, '') || ' ' || coalesce(c.username, ''))`

/** Newer customers that are looked through one by one: a name that many have is among them, and no index is needed. */
const windowLength = 2000
/** Matches that are sorted at most. */
const mostMatches = 10_000

const inWindow = (db: Statements, text: string, after: CustomerCursor | null): Promise<LineRow[]> =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('customers as c')
        .selectAll('c')
        .where(isAfter(newestFirst, after))
        .orderBy('c.created_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(windowLength)
        .as('c'),
    )
    .leftJoin('subscriptions as s', 's.customer_id', 'c.id')
    .select(lineColumns(newestFirst.at))
    .where(sql<boolean>`strpos(${letters}, ${text}) > 0`)
    .orderBy('c.created_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(pageLength + 1)
    .execute()

/** Every match holds each three letters in a row of what is searched for: the index finds those, in any script. */
const byLetters = (db: Statements, text: string, after: CustomerCursor | null): Promise<LineRow[]> =>
  db
    .with(
      (cte) => cte('matched').materialized(),
      (cte) =>
        cte
          .selectFrom('customers as c')
          .select(['c.id', 'c.created_at'])
          .where(sql<boolean>`grams_of(${letters}) @> grams_of(${text})`)
          .where(sql<boolean>`strpos(${letters}, ${text}) > 0`)
          .where(isAfter(newestFirst, after))
          .limit(mostMatches),
    )
    .with(
      (cte) => cte('shown').materialized(),
      (cte) =>
        cte
          .selectFrom('matched')
          .select('id as shown_id')
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .limit(pageLength + 1),
    )
    .selectFrom('shown')
    .innerJoin('customers as c', 'c.id', 'shown.shown_id')
    .leftJoin('subscriptions as s', 's.customer_id', 'c.id')
    .select(lineColumns(newestFirst.at))
    .orderBy('c.created_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(pageLength + 1)
    .execute()

async function searchNames(deps: Deps, query: string, after: CustomerCursor | null): Promise<LineRow[]> {
  const db = deps.db.getKysely()
  const { text } = await db.selectNoFrom(sql<string>`letters_of(${query})`.as('text')).executeTakeFirstOrThrow()
  // Postgres' own letters are searched: they may be more than JavaScript's.
  const wanted = [...text.trim()].length < 3 ? text : text.trimStart()
  const newest = await inWindow(db, wanted, after)
  return newest.length > pageLength ? newest : byLetters(db, wanted, after)
}
