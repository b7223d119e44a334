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

/** Lists that staff look through: whose time ends soonest, whose trial does, who ended, was banned or came last. */
export const customerLists = ['ending', 'trial', 'expired', 'banned', 'newest'] as const
export type CustomerList = (typeof customerLists)[number]

/** `after` compares with what the list is sorted by; each goes by an index. */
const listStatement = (name: CustomerList, at: string, where: string, order: 'asc' | 'desc') => {
  const from =
    at === 's.ends_at'
      ? 'subscriptions s join customers c on c.id = s.customer_id'
      : 'customers c left join subscriptions s on s.customer_id = c.id'
  const id = at === 's.ends_at' ? 's.customer_id' : 'c.id'
  return {
    name: `customers: ${name}`,
    text: `select ${lineColumns(at)} from ${from}
      where ${where} and ${isAfter(at, id, order, ['$1', '$2'])}
      order by ${at} ${order}, ${id} ${order} limit ${pageLength + 1}`,
  }
}

const statements = {
  ending: listStatement('ending', 's.ends_at', `s.state = 'active' and not s.is_trial and s.ends_at > $3`, 'asc'),
  trial: listStatement('trial', 's.ends_at', `s.state = 'active' and s.is_trial and s.ends_at > $3`, 'asc'),
  expired: listStatement('expired', 's.ends_at', `s.state = 'expired' and s.ends_at <= $3`, 'desc'),
  banned: listStatement('banned', 'c.banned_at', 'c.banned_at <= $3', 'desc'),
  newest: listStatement('newest', 'c.created_at', 'c.created_at <= $3', 'desc'),
} as const

/** One page of a list; `after` is the `next` of the page before. */
export const listCustomers = (
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  list: CustomerList,
  after: CustomerCursor | null = null,
): Promise<Seen<CustomerPage>> =>
  readIfPermitted(deps, actor, 'see_customers', async () => {
    const now = deps.clock.now()
    const rows = await deps.db.read<LineRow>(statements[list], [after?.atMicros ?? null, after?.id ?? null, now])
    return toPage(rows, now)
  })
