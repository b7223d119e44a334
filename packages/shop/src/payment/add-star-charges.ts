import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { StarCharge } from '@vpn-kiosk/domain'

/** Once by their ids; of one that is known, a refund is kept. */
export async function addStarCharges(em: EntityManager, charges: readonly StarCharge[]): Promise<void> {
  // A charge and its refund may come on one page, and one statement touches a row once.
  for (const some of [charges.filter((one) => !one.refundedAt), charges.filter((one) => one.refundedAt)]) {
    if (some.length === 0) continue
    await em
      .getKysely()
      .insertInto('star_charges')
      .values(
        [...new Map(some.map((one) => [one.id, one])).values()].map((charge) => ({
          id: charge.id,
          payment_id: charge.paymentId,
          payer_id: charge.payerId,
          amount_minor: charge.amount.minor,
          paid_at: charge.paidAt,
          refunded_at: charge.refundedAt,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({
          refunded_at: sql<Date | null>`coalesce(star_charges.refunded_at, excluded.refunded_at)`,
        }),
      )
      .execute()
  }
}
