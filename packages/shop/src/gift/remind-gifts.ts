import { type EntityManager, sql } from '@vpn-kiosk/db'
import { addMs, giftReminderMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'

const page = 500

/** Tells givers, once and a week ahead, that nobody has activated their gift. Returns how many were told. */
export async function remindGifts(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'checkpoint'>): Promise<number> {
  let total = 0
  for (let found = page; found === page; total += found)
    found = await deps.db.transaction(async (em) => {
      const now = deps.clock.now()
      const due = await markReminded(em, now)
      const requests = due.map(({ id, giver_id: customerId }) => ({
        customerId,
        key: `gift_ends_soon:${id}`,
        notification: { kind: 'gift_ends_soon', giftId: id } as const,
      }))
      await queueNotifications(deps, em, requests, now)
      deps.checkpoint('gift-reminder:before-commit')
      return due.length
    })
  return total
}

const markReminded = (em: EntityManager, now: Date) =>
  em
    .getKysely()
    .updateTable('gifts')
    .set({ reminded_at: now })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('gifts')
        .select('id')
        .where('state', '=', sql.lit('waiting'))
        .where('reminded_at', 'is', null)
        .where('ends_at', '>', now)
        .where('ends_at', '<=', addMs(now, giftReminderMs))
        .orderBy('ends_at')
        .limit(page)
        .forNoKeyUpdate()
        .skipLocked(),
    )
    .returning(['id', 'giver_id'])
    .execute()
