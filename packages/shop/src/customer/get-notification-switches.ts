import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type SwitchedNotifications, standing } from './switch-notifications.ts'

/** What a customer is told, and what not. */
export async function getNotificationSwitches(
  { db }: Pick<ShopDeps, 'db'>,
  customerId: CustomerId,
): Promise<SwitchedNotifications> {
  const row = await db
    .getKysely()
    .selectFrom('customers as c')
    .select(standing.as('settings'))
    .where('c.id', '=', customerId)
    .executeTakeFirstOrThrow()
  return row.settings
}
