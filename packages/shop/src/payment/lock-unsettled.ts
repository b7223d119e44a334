import type { EntityManager } from '@vpn-kiosk/db'
import type { PaymentId } from '@vpn-kiosk/domain'

/** Locks a payment, before the customer and the subscription as everywhere. False where it is settled. */
export async function lockUnsettled(em: EntityManager, id: PaymentId): Promise<boolean> {
  const query = em.getKysely().selectFrom('payments').select('state').where('id', '=', id).forUpdate()
  const { state } = await query.executeTakeFirstOrThrow()
  return state !== 'paid' && state !== 'refunded'
}
