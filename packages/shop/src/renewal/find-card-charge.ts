import type { EntityManager } from '@vpn-kiosk/db'
import type { CustomerId, PaymentId } from '@vpn-kiosk/domain'

/** A charge of the customer's card that has begun, and of which nobody knows yet how it ended, or a human has to say. */
export async function findCardCharge(em: EntityManager, customerId: CustomerId): Promise<PaymentId | null> {
  const row = await em
    .getKysely()
    .selectFrom('payments')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('card_id', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['created', 'pending']),
        eb.and([eb('state', '=', 'mismatch'), eb('decided_at', 'is', null)]),
      ]),
    )
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
