import type { BroadcastId, CustomerId, Language } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Recipient } from './delivery.ts'

/** At most `count` people who wait for the broadcast, in the order of their ids, after `after`. They are not claimed yet. */
export async function listRecipients(
  { db }: Pick<ShopDeps, 'db'>,
  id: BroadcastId,
  { after, count }: { readonly after: CustomerId | null; readonly count: number },
): Promise<Recipient[]> {
  const rows = await db.em().execute<{ customer_id: CustomerId; telegram_id: string; language: Language }[]>(
    `select r.customer_id, c.telegram_id, c.language from broadcast_recipients r join customers c on c.id = r.customer_id
     where r.broadcast_id = ? and r.state = 'queued' and r.customer_id > ? order by r.customer_id limit ?`,
    [id, after ?? '', count],
  )
  return rows.map((row) => ({
    customerId: row.customer_id,
    telegramId: BigInt(row.telegram_id),
    language: row.language,
  }))
}
