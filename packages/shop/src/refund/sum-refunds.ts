import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { PaymentId } from '@vpn-kiosk/domain'

/**
 * What has been given back of a payment and is booked, in minor units of what was received; `since` it was settled, where
 * that is given.
 */
export async function sumRefunds(em: EntityManager, id: PaymentId, since: Date | null = null): Promise<bigint> {
  const { minor } = await em
    .getKysely()
    .selectFrom('refunds')
    .select(sql<string>`coalesce(sum(amount_minor), 0)::text`.as('minor'))
    .where('payment_id', '=', id)
    .where('state', '=', 'done')
    .$if(since !== null, (query) => query.where('closed_at', '>=', since))
    .executeTakeFirstOrThrow()
  return BigInt(minor)
}
