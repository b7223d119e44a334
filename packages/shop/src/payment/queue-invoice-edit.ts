import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { OrderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Has the messages that show an order's invoices say how they stand now; in the caller's transaction. */
export async function queueInvoiceEdit(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  orderId: OrderId,
): Promise<void> {
  const shown = await runStatement(
    em,
    `select 1 as shown from payments join payment_messages on payment_messages.payment_id = payments.id
     where payments.order_id = $1 limit 1`,
    [orderId],
  )
  if (shown.length === 0) return
  await deps.queue.enqueue('edit-invoice-messages', { orderId }, { transaction: em.getTransactionContext() })
}
