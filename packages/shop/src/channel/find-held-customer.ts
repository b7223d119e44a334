import { sql } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** The customer behind a Telegram account whose trial is held; null for anybody else. */
export async function findHeldCustomer({ db }: Pick<ShopDeps, 'db'>, telegramId: bigint): Promise<CustomerId | null> {
  const row = await db
    .getKysely()
    .selectFrom('customers as c')
    .innerJoin('subscriptions as s', 's.customer_id', 'c.id')
    .select('c.id')
    .where('c.telegram_id', '=', telegramId.toString())
    .where('s.state', '=', sql.lit('held'))
    .executeTakeFirst()
  return row?.id ?? null
}
