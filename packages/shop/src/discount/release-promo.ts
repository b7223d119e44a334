import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { OrderId } from '@vpn-kiosk/domain'

/** SQL of an order `o`: money may still come for it, or has come and waits for a decision. */
export const mayBePaid = sql<boolean>`exists (select 1 from payments p where p.order_id = o.id
  and (p.state in ('created', 'pending') or (p.state = 'mismatch' and p.decided_at is null)))`

/**
 * Gives back the use of a code that an unpaid order holds, once none of its invoices may be paid any more; of a top-up
 * that was paid, once its plan was not bought. Safe to call for any order. In the caller's transaction.
 */
export async function releasePromo(em: EntityManager, orderId: OrderId): Promise<void> {
  const db = em.getKysely()
  // Locked by a statement of its own: the next one sees the invoice that somebody has just added to the order.
  const held = await db
    .selectFrom('orders')
    .select('promo_id')
    .where('id', '=', orderId)
    .where('promo_taken', '=', true)
    .forUpdate()
    .executeTakeFirst()
  if (!held?.promo_id) return
  const released = await db
    .updateTable('orders as o')
    .set({ promo_taken: false })
    .where('o.id', '=', orderId)
    .where('o.promo_taken', '=', true)
    .where(sql<boolean>`(o.state <> 'paid' and not ${mayBePaid} or o.state = 'paid' and o.kind = 'top_up')`)
    .returning('o.promo_id')
    .executeTakeFirst()
  if (!released) return
  await db.updateTable('promo_codes').set({ uses: sql<number>`uses - 1` }).where('id', '=', held.promo_id).execute()
}
