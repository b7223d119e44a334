import { type Statements, sql } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
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

/** Lists that staff look through: whose time ends soonest, whose trial does, who ended, was banned or came last. */
export const customerLists = ['ending', 'trial', 'expired', 'banned', 'newest'] as const
export type CustomerList = (typeof customerLists)[number]

interface Page {
  readonly now: Date
  readonly after: CustomerCursor | null
}

/** Rows of one list, one more than a page where there is a next one. Each goes by an index. */
type ReadList = (db: Statements, page: Page) => Promise<LineRow[]>

const read: Readonly<Record<CustomerList, ReadList>> = {
  ending: (db, page) =>
    byEnd(db, 'asc', page)
      .where('s.state', '=', sql.lit('active'))
      .where('s.is_trial', '=', sql.lit(false))
      .where('s.ends_at', '>', page.now)
      .execute(),
  trial: (db, page) =>
    byEnd(db, 'asc', page)
      .where('s.state', '=', sql.lit('active'))
      .where('s.is_trial', '=', sql.lit(true))
      .where('s.ends_at', '>', page.now)
      .execute(),
  expired: (db, page) =>
    byEnd(db, 'desc', page).where('s.state', '=', sql.lit('expired')).where('s.ends_at', '<=', page.now).execute(),
  banned: (db, page) => newestBy(db, 'banned_at', page).execute(),
  newest: (db, page) => newestBy(db, 'created_at', page).execute(),
}

function byEnd(db: Statements, direction: 'asc' | 'desc', { after }: Page) {
  const at = sql.ref<Date | null>('s.ends_at')
  const order: LineOrder = { at, id: sql.ref<CustomerId>('s.customer_id'), direction }
  return db
    .selectFrom('subscriptions as s')
    .innerJoin('customers as c', 'c.id', 's.customer_id')
    .select(lineColumns(at))
    .where(isAfter(order, after))
    .orderBy('s.ends_at', direction)
    .orderBy('s.customer_id', direction)
    .limit(pageLength + 1)
}

function newestBy(db: Statements, column: 'banned_at' | 'created_at', { now, after }: Page) {
  const at = sql.ref<Date | null>(`c.${column}`)
  const order: LineOrder = { at, id: sql.ref<CustomerId>('c.id'), direction: 'desc' }
  return db
    .selectFrom('customers as c')
    .leftJoin('subscriptions as s', 's.customer_id', 'c.id')
    .select(lineColumns(at))
    .where(`c.${column}`, '<=', now)
    .where(isAfter(order, after))
    .orderBy(`c.${column}`, 'desc')
    .orderBy('c.id', 'desc')
    .limit(pageLength + 1)
}

/** One page of a list; `after` is the `next` of the page before. */
export const listCustomers = (
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  list: CustomerList,
  after: CustomerCursor | null = null,
): Promise<Seen<CustomerPage>> =>
  readIfPermitted(deps, actor, 'see_customers', async () => {
    const now = deps.clock.now()
    const rows = await read[list](deps.db.getKysely(), { now, after })
    return toPage(rows, now)
  })
