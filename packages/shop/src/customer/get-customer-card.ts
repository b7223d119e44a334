import { CustomerEntity, type EntityManager, HeldDiscountEntity, sql } from '@vpn-kiosk/db'
import {
  balanceProvider,
  type Customer,
  type CustomerId,
  type DiscountGroup,
  isBefore,
  type Money,
  money,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readDiscountSettings } from '../discount/read-discount-settings.ts'
import { countUndecided } from '../payment/decide-payment.ts'
import { type RenewalState, readRenewal } from '../renewal/get-renewal.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
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
  readonly renewal: RenewalState | null
  readonly payments: {
    readonly count: number
    readonly totals: readonly Money[]
    /** About which a human must decide. */
    readonly undecided: number
  }
  readonly referrals: { readonly friends: number; readonly paid: number }
  readonly gifts: { readonly given: number; readonly waiting: number; readonly received: number }
  readonly tickets: { readonly total: number; readonly open: number }
  readonly accesses: readonly AccessLine[]
  /** Off whatever the customer buys; null where nothing is, `endsAt` null where that has no end. */
  readonly discount: { readonly percent: number; readonly endsAt: Date | null } | null
  /** The group that the customer is in. */
  readonly group?: DiscountGroup | null
}

export type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'drivers' | 'providers'>

/** All that staff need to help one person; null when there is no such customer. */
export const getCustomerCard = (deps: Deps, actor: Actor, id: CustomerId): Promise<Seen<CustomerCard | null>> =>
  readIfPermitted(deps, actor, 'see_customers', () => readCard(deps, { id }))

export async function readCard(
  deps: Deps,
  where: { id: CustomerId } | { telegramId: bigint },
): Promise<CustomerCard | null> {
  const em = deps.db.em()
  const row = await em.findOne(CustomerEntity, where)
  if (!row) return null
  return {
    customer: toCustomer(row),
    createdAt: row.createdAt,
    lastActiveAt: row.lastActiveAt,
    isUnreachable: row.unreachableAt !== null,
    subscription: await getSubscription(deps, row.id),
    renewal: await readRenewal(deps, em, row.id, deps.clock.now()),
    payments: await readPayments(em, row.id),
    referrals: await countReferrals(em, row.id),
    gifts: await countGifts(em, row.id),
    tickets: await countTickets(em, row.id),
    accesses: await listAccesses(deps, row.id),
    discount: await readDiscount(em, row.id, deps.clock.now()),
    group: await readGroup(em, row.id),
  }
}

async function countGifts(em: EntityManager, customerId: CustomerId): Promise<CustomerCard['gifts']> {
  const db = em.getKysely()
  const given = db.selectFrom('gifts').where('giver_id', '=', customerId)
  const row = await db
    .selectNoFrom([
      given.select(sql<number>`count(*)::int`.as('n')).$asScalar().$notNull().as('given'),
      given
        .where('state', '=', sql.lit('waiting'))
        .select(sql<number>`count(*)::int`.as('n'))
        .$asScalar()
        .$notNull()
        .as('waiting'),
      db
        .selectFrom('gifts')
        .where('recipient_id', '=', customerId)
        .select(sql<number>`count(*)::int`.as('n'))
        .$asScalar()
        .$notNull()
        .as('received'),
    ])
    .executeTakeFirstOrThrow()
  return row
}

async function readDiscount(em: EntityManager, customerId: CustomerId, now: Date): Promise<CustomerCard['discount']> {
  const held = await em.findOne(HeldDiscountEntity, { customerId, cause: 'personal' })
  return held && (!held.endsAt || isBefore(now, held.endsAt)) ? { percent: held.percent, endsAt: held.endsAt } : null
}

async function readGroup(em: EntityManager, customerId: CustomerId): Promise<DiscountGroup | null> {
  const held = await em.findOne(HeldDiscountEntity, { customerId, cause: 'group' })
  const { groups } = await readDiscountSettings(em)
  return groups.find(({ id }) => id === held?.groupId) ?? null
}

const countReferrals = (em: EntityManager, id: CustomerId): Promise<CustomerCard['referrals']> =>
  em
    .getKysely()
    .selectFrom('referrals')
    .select([
      sql<number>`count(*)::int`.as('friends'),
      sql<number>`(count(*) filter (where rewarded_at is not null))::int`.as('paid'),
    ])
    .where('referrer_id', '=', id)
    .executeTakeFirstOrThrow()

const countTickets = (em: EntityManager, id: CustomerId): Promise<CustomerCard['tickets']> =>
  em
    .getKysely()
    .selectFrom('tickets')
    .select([
      sql<number>`count(*)::int`.as('total'),
      sql<number>`(count(*) filter (where state <> 'closed'))::int`.as('open'),
    ])
    .where('customer_id', '=', id)
    .executeTakeFirstOrThrow()

async function readPayments(em: EntityManager, id: CustomerId): Promise<CustomerCard['payments']> {
  const rows = await em
    .getKysely()
    .selectFrom('payments')
    .select(['currency', sql<number>`count(*)::int`.as('count'), sql<string>`sum(amount_minor)::text`.as('sum')])
    .where('customer_id', '=', id)
    .where('state', '=', 'paid')
    // What was bought from the balance was paid when that was topped up.
    .where('provider', '<>', balanceProvider)
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    totals: rows.map((row) => money(BigInt(row.sum), row.currency)),
    undecided: await countUndecided(em, id),
  }
}
