import { CustomerEntity, type EntityManager } from '@vpn-kiosk/db'
import { type Currency, type Customer, type CustomerId, type Money, money } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { countUndecided } from '../payment/decide-payment.ts'
import type { Actor, Seen } from '../staff/may-act.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { getSubscription, type SubscriptionSummary } from '../subscription/get-subscription.ts'
import { type AccessLine, listAccesses } from './list-accesses.ts'
import { toCustomer } from './recognize-customer.ts'

export interface CustomerCard {
  readonly customer: Customer
  readonly createdAt: Date
  readonly lastActiveAt: Date
  readonly isUnreachable: boolean
  readonly subscription: SubscriptionSummary | null
  readonly payments: {
    readonly count: number
    readonly totals: readonly Money[]
    /** About which a human must decide. */
    readonly undecided: number
  }
  readonly referrals: { readonly friends: number; readonly paid: number }
  readonly tickets: { readonly total: number; readonly open: number }
  readonly accesses: readonly AccessLine[]
}

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'drivers'>

/** All that staff need to help one person; null when there is no such customer. */
export const getCustomerCard = (deps: Deps, actor: Actor, id: CustomerId): Promise<Seen<CustomerCard | null>> =>
  readIfPermitted(deps, actor, 'see_customers', () => readCard(deps, { id }))

/** The same by Telegram id, e.g. of the author of a ticket. */
export const findCustomerCard = (deps: Deps, actor: Actor, telegramId: bigint): Promise<Seen<CustomerCard | null>> =>
  readIfPermitted(deps, actor, 'see_customers', () => readCard(deps, { telegramId }))

async function readCard(deps: Deps, where: { id: CustomerId } | { telegramId: bigint }): Promise<CustomerCard | null> {
  const em = deps.db.em()
  const row = await em.findOne(CustomerEntity, where)
  if (!row) return null
  const [counts] = await em.execute<{ friends: number; paid: number; tickets: number; open: number }[]>(
    `select (select count(*)::int from referrals where referrer_id = c.id) as friends,
       (select count(*)::int from referrals where referrer_id = c.id and rewarded_at is not null) as paid,
       (select count(*)::int from tickets where customer_id = c.id) as tickets,
       (select count(*)::int from tickets where customer_id = c.id and state <> 'closed') as open
     from customers c where c.id = ?`,
    [row.id],
  )
  return {
    customer: toCustomer(row),
    createdAt: row.createdAt,
    lastActiveAt: row.lastActiveAt,
    isUnreachable: row.unreachableAt !== null,
    subscription: await getSubscription(deps, row.id),
    payments: await readPayments(em, row.id),
    referrals: { friends: counts?.friends ?? 0, paid: counts?.paid ?? 0 },
    tickets: { total: counts?.tickets ?? 0, open: counts?.open ?? 0 },
    accesses: await listAccesses(deps, row.id),
  }
}

async function readPayments(em: EntityManager, id: CustomerId): Promise<CustomerCard['payments']> {
  const rows = await em.execute<{ currency: Currency; count: number; sum: string }[]>(
    `select currency, count(*)::int as count, sum(amount_minor)::text as sum from payments
     where customer_id = ? and state = 'paid' group by currency order by currency`,
    [id],
  )
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    totals: rows.map((row) => money(BigInt(row.sum), row.currency)),
    undecided: await countUndecided(em, id),
  }
}
