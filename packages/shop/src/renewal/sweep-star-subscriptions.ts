import { addMs, starsWaitMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueStarEdit } from './queue-star-edit.ts'

const page = 500

/** Has Telegram told of every subscription of which it knows otherwise, and whose job was lost. Returns how many. */
export async function sweepStarSubscriptions(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  return deps.db.transaction(async (em) => {
    const rows = await em
      .getKysely()
      .selectFrom('star_subscriptions')
      .select('payment_id')
      .whereRef('is_canceled', '<>', 'told_canceled')
      .where('paid_until', '>', addMs(deps.clock.now(), -starsWaitMs))
      .limit(page)
      .execute()
    for (const { payment_id: paymentId } of rows) await queueStarEdit(deps, em, paymentId)
    return rows.length
  })
}
