import { type Json, sql } from '@vpn-kiosk/db'
import type { CustomerId, NotificationSettings } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Whether broadcasts reach a customer from now on; whoever a running one has written down already is still told. */
export async function switchNews(
  { db }: Pick<ShopDeps, 'db'>,
  customerId: CustomerId,
  { isOn }: { readonly isOn: boolean },
): Promise<void> {
  await db
    .getKysely()
    .updateTable('customers')
    .set({
      notifications: sql<Json<NotificationSettings>>`notifications || jsonb_build_object('news', ${isOn}::boolean)`,
    })
    .where('id', '=', customerId)
    .execute()
}
