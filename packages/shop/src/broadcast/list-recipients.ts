import { sql } from '@vpn-kiosk/db'
import type { BroadcastId, CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Recipient } from './delivery.ts'

/** At most `count` people who wait for the broadcast, in the order of their ids, after `after`. They are not claimed yet. */
export async function listRecipients(
  { db }: Pick<ShopDeps, 'db'>,
  id: BroadcastId,
  { after, count }: { readonly after: CustomerId | null; readonly count: number },
): Promise<Recipient[]> {
  const rows = await db
    .getKysely()
    .selectFrom('broadcast_recipients as r')
    .innerJoin('customers as c', 'c.id', 'r.customer_id')
    .select(['r.customer_id', 'c.telegram_id', 'c.language'])
    .where('r.broadcast_id', '=', id)
    .where('r.state', '=', sql.lit('queued'))
    .where('r.customer_id', '>', after ?? ('' as CustomerId))
    .orderBy('r.customer_id')
    .limit(count)
    .execute()
  return rows.map((row) => ({
    customerId: row.customer_id,
    telegramId: BigInt(row.telegram_id),
    language: row.language,
  }))
}
