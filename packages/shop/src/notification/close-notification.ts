import { sql } from '@vpn-kiosk/db'
import type { Id } from '@vpn-kiosk/domain'
import { cutText } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from './notify-staff.ts'

export type NotificationOutcome =
  | { readonly kind: 'sent' | 'unreachable' }
  /** Telegram will never take it. */
  | { readonly kind: 'failed'; readonly reason: string }

/** Remembers how telling it ended, so that it is not told again. What will never be told is said to the staff, once a kind. */
export async function closeNotification(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'queue'>,
  id: string,
  outcome: NotificationOutcome,
): Promise<void> {
  const now = deps.clock.now()
  const reason = outcome.kind === 'failed' ? cutText(outcome.reason, 300) : null
  await deps.db.transaction(async (em) => {
    const closed = await em
      .getKysely()
      .updateTable('notifications')
      .set({ state: outcome.kind, reason, sent_at: now })
      .where('id', '=', id as Id<'notification'>)
      .where('state', '=', 'queued')
      .returning(sql<string>`content ->> 'kind'`.as('kind'))
      .executeTakeFirst()
    if (!closed || reason === null) return
    await notifyStaff(deps, em, { kind: 'notification_refused', to: 'customers', what: closed.kind, reason }, now)
  })
}
