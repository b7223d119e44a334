import type { EntityManager } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'

/**
 * One at a time for each customer: whoever opens, closes or answers waits here. Taken before the ticket's own lock,
 * so that nobody waits in a circle.
 */
export async function lockCustomerTickets(em: EntityManager, customerId: CustomerId): Promise<void> {
  await em.getKysely().selectFrom('customers').select('id').where('id', '=', customerId).forNoKeyUpdate().execute()
}
