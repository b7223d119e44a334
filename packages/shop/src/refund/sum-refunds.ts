import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { PaymentId } from '@vpn-kiosk/domain'

/** What has been given back of a payment and is booked, in minor units of what was received. */
export async function sumRefunds(em: EntityManager, id: PaymentId): Promise<bigint> {
  const { minor } = await em
    .getKysely()
    .selectFrom('refunds')
    .select(sql<string>`coalesce(sum(amount_minor), 0)::text`.as('minor'))
    .where('payment_id', '=', id)
    .where('state', '=', 'done')
    .executeTakeFirstOrThrow()
  return BigInt(minor)
}
