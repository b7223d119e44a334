import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { CustomerId, PlanDiscount } from '@vpn-kiosk/domain'

/**
 * Counts an order that is about to be stored as a use of the code that made its price; true where no code did. False when
 * the last use was taken meanwhile, or is in another order of this customer. The caller has locked the customer.
 */
export async function takePromo(
  em: EntityManager,
  customerId: CustomerId,
  discount: PlanDiscount | undefined,
): Promise<boolean> {
  if (!discount?.promoId) return true
  const taken = await em
    .getKysely()
    .updateTable('promo_codes as c')
    .set({ uses: sql<number>`c.uses + 1` })
    .where('c.id', '=', discount.promoId)
    .where('c.stopped_at', 'is', null)
    .where(sql<boolean>`(c.most_uses is null or c.uses < c.most_uses)`)
    .where(
      sql<boolean>`(select count(*) from orders o
        where o.promo_taken and o.promo_id = c.id and o.customer_id = ${customerId}) < c.most_uses_each`,
    )
    .returning('c.id')
    .executeTakeFirst()
  return taken !== undefined
}
