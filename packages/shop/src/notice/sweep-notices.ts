import { NoticeEntity } from '@vpn-kiosk/db'
import { addMs, minuteMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Queues again what was queued long ago and not told: its job was lost with the database's restore, say. */
export async function sweepNotices({ db, queue, clock }: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  const rows = await db
    .em()
    .find(
      NoticeEntity,
      { state: 'queued', createdAt: { $lte: addMs(clock.now(), -15 * minuteMs) } },
      { limit: 500, orderBy: { createdAt: 'asc' } },
    )
  for (const { id } of rows) await queue.enqueue('tell-customer', { noticeId: id })
  return rows.length
}
