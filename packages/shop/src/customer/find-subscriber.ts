import type { CustomerId, SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Whose subscription it is; null when there is none of this id. */
export async function findSubscriber(
  { db }: Pick<ShopDeps, 'db'>,
  id: SubscriptionId,
): Promise<{ readonly id: CustomerId; readonly firstName: string } | null> {
  const row = await db
    .getKysely()
    .selectFrom('customers as c')
    .innerJoin('subscriptions as s', 's.customer_id', 'c.id')
    .select(['c.id', 'c.first_name as firstName'])
    .where('s.id', '=', id)
    .executeTakeFirst()
  return row ?? null
}
