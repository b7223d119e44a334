import { type EntityManager, type Given, prepared } from '@vpn-kiosk/db'
import type { OrderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Has the messages that show an order's invoices say how they stand now; in the caller's transaction. */
export async function queueInvoiceEdit(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  orderId: OrderId,
): Promise<void> {
  const shown = await findShown(em, { orderId })
  if (shown.length === 0) return
  await deps.queue.enqueue('edit-invoice-messages', { orderId }, { transaction: em.getTransactionContext() })
}

const findShown = prepared((db, { orderId }: Given<{ orderId: OrderId }>) =>
  db
    .selectFrom('payments as p')
    .innerJoin('payment_messages as m', 'm.payment_id', 'p.id')
    .select('p.id')
    .where('p.order_id', '=', orderId)
    .limit(1),
)
