import { type EntityManager, sql } from '@vpn-kiosk/db'
import { type CustomerId, type Id, isBefore } from '@vpn-kiosk/domain'

/** A code could not be taken: it is in an invoice of this customer that may still be paid, or somebody was quicker. */
export type PromoRefusal =
  /** `until`: null where that has passed and its provider has not said yet that nobody paid. */
  | { readonly kind: 'code_in_invoice'; readonly promoId: Id<'promo'>; readonly until: Date | null }
  | { readonly kind: 'price_changed' }

/** Why a code could not be taken. In the transaction that tried. */
export async function refusePromo(
  em: EntityManager,
  customerId: CustomerId,
  promoId: Id<'promo'> | null | undefined,
  now: Date,
): Promise<PromoRefusal> {
  if (!promoId) return { kind: 'price_changed' }
  const holding = await em
    .getKysely()
    .selectFrom('orders')
    .select(sql<Date | null>`max(expires_at)`.as('until'))
    .where('customer_id', '=', customerId)
    .where('promo_id', '=', promoId)
    .where('promo_taken', '=', true)
    .where('state', '<>', 'paid')
    .executeTakeFirst()
  if (!holding?.until) return { kind: 'price_changed' }
  return { kind: 'code_in_invoice', promoId, until: isBefore(now, holding.until) ? holding.until : null }
}
