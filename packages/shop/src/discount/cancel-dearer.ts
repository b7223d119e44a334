import { anyOf, type EntityManager, type OrderRow, sql } from '@vpn-kiosk/db'
import type { PaymentState } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

const open: readonly PaymentState[] = ['created', 'pending']

/**
 * Has the invoices closed that ask more for what a new order sells: whoever enters a code beside an open invoice should
 * not pay that one by mistake. In the transaction that stores the order.
 */
export async function cancelDearer(
  { queue }: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  { id, customerId, planId, priceMinor, currency }: OrderRow,
): Promise<void> {
  const rows = await em
    .getKysely()
    .selectFrom('orders as o')
    .innerJoin('payments as p', 'p.order_id', 'o.id')
    .select('p.id')
    .where('o.customer_id', '=', customerId)
    .where('o.id', '<>', id)
    .where('o.plan_id', '=', planId)
    .where('o.kind', '=', 'plan')
    .where('o.state', '=', 'open')
    .where('o.currency', '=', currency)
    .where(sql<boolean>`o.price_minor > ${priceMinor}`)
    .where('p.state', '=', anyOf(open))
    .limit(20)
    .execute()
  const transaction = em.getTransactionContext()
  for (const payment of rows) await queue.enqueue('cancel-invoice', { paymentId: payment.id }, { transaction })
}
