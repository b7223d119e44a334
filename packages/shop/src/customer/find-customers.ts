import { isId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/may-act.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import {
  type CustomerCursor,
  type CustomerPage,
  isAfter,
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
  const exact = exactOf(query)
  if (exact && !after) {
    const rows = await deps.db.read<LineRow>(exact.statement, [exact.value])
    if (rows.length > 0 || exact.isOnly) return rows
  }
  return searchNames(deps, query, after)
}

/** One statement for each thing that names somebody exactly; each goes by a unique key or an index. */
const byExact = (name: string, ids: string) => ({
  name: `customers by ${name}`,
  text: `select ${lineColumns('c.created_at')} from customers c left join subscriptions s on s.customer_id = c.id
    where c.id in (${ids}) limit ${pageLength}`,
})

const byReference = 'select customer_id from payments where reference = $1::text limit 10'
const statements = {
  username: byExact('username', 'select id from customers where lower(username) = lower($1) limit 10'),
  customer: byExact('id', 'select $1::text'),
  payment: byExact('payment', 'select customer_id from payments where id = $1'),
  number: byExact('number', `select id from customers where telegram_id = $1::text::bigint union all (${byReference})`),
  reference: byExact('reference', byReference),
}

/** `isOnly`: what looks like this is not searched for among the names. */
function exactOf(query: string) {
  const name = /^(?:@|(?:https?:\/\/)?t\.me\/)(\w{2,32})$/i.exec(query)?.[1]
  if (name) return { statement: statements.username, value: name, isOnly: true }
  if (isId('customer', query)) return { statement: statements.customer, value: query, isOnly: true }
  if (isId('payment', query)) return { statement: statements.payment, value: query, isOnly: true }
  if (/^\d{1,19}$/.test(query) && BigInt(query) < maxTelegramId)
    return { statement: statements.number, value: query, isOnly: false }
  return { statement: statements.reference, value: query, isOnly: false }
}

/** SQL: what is searched in: the names in small letters, each word after two spaces. */
const letters = `letters_of(c.first_name || ' ' || coalesce(c.last_name, '') || ' ' || coalesce(c.username, ''))`

const earlier = isAfter('c.created_at', 'c.id', 'desc', ['$2', '$3'])

/** Newer customers that are looked through one by one: a name that many have is among them, and no index is needed. */
const windowLength = 2000
/** Matches that are sorted at most. */
const mostMatches = 10_000

const inWindow = {
  name: 'customers of a name, the newest',
  text: `select ${lineColumns('c.created_at')}
    from (select * from customers c where ${earlier} order by created_at desc, id desc limit ${windowLength}) c
      left join subscriptions s on s.customer_id = c.id
    where strpos(${letters}, $1) > 0 order by c.created_at desc, c.id desc limit ${pageLength + 1}`,
}

/** Every match holds each three letters in a row of what is searched for: the index finds those, in any script. */
const byLetters = {
  name: 'customers of a name, all',
  text: `with matched as materialized (
      select c.id, c.created_at from customers c where grams_of(${letters}) @> grams_of($1) and strpos(${letters}, $1) > 0 and ${earlier}
      limit ${mostMatches}
    ), shown as materialized (
      select id from matched order by created_at desc, id desc limit ${pageLength + 1}
    )
    select ${lineColumns('c.created_at')} from shown join customers c on c.id = shown.id
      left join subscriptions s on s.customer_id = c.id
    order by c.created_at desc, c.id desc limit ${pageLength + 1}`,
}

async function searchNames({ db }: Deps, query: string, after: CustomerCursor | null): Promise<LineRow[]> {
  const [needle] = await db.read<{ letters: string }>(needleStatement, [query])
  const text = needle!.letters
  // Postgres' own letters are searched: they may be more than JavaScript's.
  const wanted = [...text.trim()].length < 3 ? text : text.trimStart()
  const values = [wanted, after?.atMicros ?? null, after?.id ?? null]
  const newest = await db.read<LineRow>(inWindow, values)
  return newest.length > pageLength ? newest : db.read<LineRow>(byLetters, values)
}

const needleStatement = { name: 'letters of a query', text: 'select letters_of($1) as letters' }
