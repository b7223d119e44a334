import { addMs, hourMs, type Id } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

const page = 500

/**
 * Queues again what was queued an hour ago and not told: its job was lost with the database's restore, say. Each once
 * an hour, the longest waiting first, so that a bot that is away finds no pile and nobody's turn is taken by others.
 */
export async function sweepNotices({ db, queue, clock }: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  const now = clock.now()
  return db.transaction(async (em) => {
    const rows = await em.execute<{ id: Id<'notice'> }[]>(
      `update notices set queued_at = ? where id in (
         select id from notices where state = 'queued' and queued_at <= ? order by queued_at limit ? for update skip locked
       ) returning id`,
      [now, addMs(now, -hourMs), page],
    )
    for (const { id } of rows)
      await queue.enqueue('tell-customer', { noticeId: id }, { transaction: em.getTransactionContext(), isSwept: true })
    return rows.length
  })
}
