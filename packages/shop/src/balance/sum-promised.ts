import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import type { Currency, CustomerId, RefundState } from '@vpn-kiosk/domain'

const open: readonly RefundState[] = ['requested', 'pending']

/**
 * What of a customer's balance is promised to refunds that are on their way, in minor units: the provider may have given
 * it back already. Of a purchase it is what came beyond the price; of a gift that ended there, all. Who spends the rest
 * has locked the balance.
 */
export async function sumPromised(em: EntityManager, customerId: CustomerId, currency: Currency): Promise<bigint> {
  const { minor } = await em
    .getKysely()
    .selectFrom('refunds as r')
    .innerJoin('payments as p', 'p.id', 'r.payment_id')
    .innerJoin('orders as o', 'o.id', 'p.order_id')
    .leftJoin('gifts as g', 'g.payment_id', 'p.id')
    .select(
      sql<string>`coalesce(sum(case when o.kind = 'top_up' or g.state in ('returned', 'refunded') then r.amount_minor
        else least(r.amount_minor, greatest(0, p.received_minor - p.amount_minor)) end), 0)::text`.as('minor'),
    )
    .where('p.customer_id', '=', customerId)
    .where('p.state', '=', 'paid')
    .where('r.currency', '=', currency)
    .where('r.state', '=', anyOf(open))
    .executeTakeFirstOrThrow()
  return BigInt(minor)
}
