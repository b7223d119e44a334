import { CustomerEntity, sql, TicketEntity } from '@vpn-kiosk/db'
import { type Customer, type CustomerId, type Money, money } from '@vpn-kiosk/domain'
import { toCustomer } from '../customer/recognize-customer.ts'
import type { ShopDeps } from '../deps.ts'
import { countUndecided } from '../payment/decide-payment.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { getSubscription, type SubscriptionSummary } from '../subscription/get-subscription.ts'
import { findTicket } from './find-ticket.ts'
import type { TicketKey, TicketRef } from './ticket.ts'
import { toTicketRef } from './to-ticket-ref.ts'

/** What an agent wants to know before the first word. */
export interface TicketCard {
  readonly ticket: TicketRef
  readonly createdAt: Date
  readonly customer: Customer
  readonly registeredAt: Date
  readonly subscription: SubscriptionSummary | null
  readonly payments: {
    readonly count: number
    /** What was paid, a sum for each currency. */
    readonly paid: readonly Money[]
    /** Opened and not paid: a customer who tries in vain. */
    readonly unpaidCount: number
    /** About which an admin must decide: another sum came, or an answer that nobody understands. */
    readonly undecidedCount: number
  }
  readonly referral: {
    /** Name of who brought the customer. */
    readonly invitedBy: string | null
    readonly friends: number
  }
  readonly earlierTickets: number
}

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'drivers'>

/** A ticket's card, for whoever may answer tickets; null when there is no such ticket. */
export const getTicketCard = (deps: Deps, key: TicketKey, actor: Actor): Promise<Seen<TicketCard | null>> =>
  readIfPermitted(deps, actor, 'answer_tickets', () => readTicketCard(deps, key))

async function readTicketCard(deps: Deps, key: TicketKey): Promise<TicketCard | null> {
  const em = deps.db.em()
  const ticket = await findTicket(em, key)
  if (!ticket) return null
  const row = await em.findOneOrFail(CustomerEntity, { id: ticket.customerId })
  return {
    ticket: toTicketRef(ticket),
    createdAt: ticket.createdAt,
    customer: toCustomer(row),
    registeredAt: row.createdAt,
    subscription: await getSubscription(deps, row.id),
    payments: await sumPayments(deps, row.id),
    referral: await getInvitations(deps, row.id),
    earlierTickets: await em.count(TicketEntity, { customerId: row.id, number: { $lt: ticket.number } }),
  }
}

async function sumPayments({ db }: Deps, customerId: CustomerId): Promise<TicketCard['payments']> {
  const rows = await db
    .getKysely()
    .selectFrom('payments')
    .select([
      'currency',
      sql<number>`(count(*) filter (where state = 'paid' and provider <> 'balance'))::int`.as('count'),
      sql<string>`coalesce(sum(amount_minor) filter (where state = 'paid'), 0)::text`.as('minor'),
      sql<number>`(count(*) filter (where state not in ('paid', 'refunded', 'mismatch')))::int`.as('unpaid'),
    ])
    .where('customer_id', '=', customerId)
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    paid: rows.filter((row) => row.count > 0).map((row) => money(BigInt(row.minor), row.currency)),
    unpaidCount: rows.reduce((sum, row) => sum + row.unpaid, 0),
    undecidedCount: await countUndecided(db.em(), customerId),
  }
}

async function getInvitations({ db }: Deps, customerId: CustomerId): Promise<TicketCard['referral']> {
  const row = await db
    .getKysely()
    .selectFrom('customers as c')
    .leftJoin('customers as r', 'r.id', 'c.referred_by_id')
    .select([
      'r.first_name as name',
      sql<number>`(select count(*)::int from referrals f where f.referrer_id = c.id)`.as('friends'),
    ])
    .where('c.id', '=', customerId)
    .executeTakeFirst()
  return { invitedBy: row?.name ?? null, friends: row?.friends ?? 0 }
}
