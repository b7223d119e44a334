import type { EntityManager, OrderRow } from '@vpn-kiosk/db'

/**
 * Whether an open order still counts as a use of its code, and does so until the caller's transaction ends: only then may
 * another invoice be made for its price. True of an order without a code.
 */
export async function holdsPromo(em: EntityManager, { id, promoId }: OrderRow): Promise<boolean> {
  if (!promoId) return true
  const row = await em
    .getKysely()
    .selectFrom('orders')
    .select('promo_taken')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row?.promo_taken === true
}
