import type { CustomerId, SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Whose subscription it is; null when there is none of this id. */
export async function findSubscriber(
  { db }: Pick<ShopDeps, 'db'>,
  id: SubscriptionId,
): Promise<{ readonly id: CustomerId; readonly firstName: string } | null> {
  const [row] = await db
    .em()
    .execute<{ id: CustomerId; first_name: string }[]>(
      'select c.id, c.first_name from customers c join subscriptions s on s.customer_id = c.id where s.id = ?',
      [id],
    )
  return row ? { id: row.id, firstName: row.first_name } : null
}
