import { type EntityManager, HeldDiscountEntity, OrderEntity, sql } from '@vpn-kiosk/db'
import type { CustomerId, DiscountCause, Id, OrderId } from '@vpn-kiosk/domain'

export interface UsedDiscount {
  readonly orderId: OrderId
  readonly customerId: CustomerId
  readonly cause: DiscountCause
  readonly promoId: Id<'promo'> | null
  /** False of an order whose code was given back before its money came: it is honoured, and counted all the same. */
  readonly promoTaken: boolean
}

/** A discounted order is paid: what made its price is used up. In the transaction that marks the order paid. */
export async function useDiscount(em: EntityManager, used: UsedDiscount): Promise<void> {
  const { orderId, customerId, cause, promoId, promoTaken } = used
  if (cause === 'win_back') await em.nativeDelete(HeldDiscountEntity, { customerId, cause })
  if (!promoId) return
  await em.nativeDelete(HeldDiscountEntity, { customerId, cause: 'promo', promoId })
  if (promoTaken) return
  await em.nativeUpdate(OrderEntity, { id: orderId }, { promoTaken: true })
  await em
    .getKysely()
    .updateTable('promo_codes')
    .set({ uses: sql<number>`uses + 1` })
    .where('id', '=', promoId)
    .execute()
}
