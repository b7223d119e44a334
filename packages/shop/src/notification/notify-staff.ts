import { type EntityManager, type Given, type Json, prepared, toJson } from '@vpn-kiosk/db'
import { causeEndedBy, causeOf, type StaffAlert, staffTelling } from '@vpn-kiosk/domain'
import type { Enqueuer } from '@vpn-kiosk/queue'

/**
 * Tells the staff something, in the caller's transaction: whoever hears of its kind, each in the admin bot. What has one
 * cause becomes one message (`causeOf`). Locks nothing that another transaction may wait for.
 */
export async function notifyStaff(
  { queue }: { readonly queue: Enqueuer },
  em: EntityManager,
  notification: StaffAlert,
  now: Date,
): Promise<void> {
  const { key, windowMs } = causeOf(notification)
  const ends = causeEndedBy(notification)
  await insertEvent(em, { key, windowMs, ends, content: toJson(notification), now })
  const priority = staffTelling[notification.kind].isUrgent ? 'urgent' : 'normal'
  await queue.enqueue('tell-staff', {}, { transaction: em.getTransactionContext(), priority })
}

interface EventValues {
  readonly key: string
  readonly windowMs: number
  readonly ends: string | null
  readonly content: Json<StaffAlert>
  readonly now: Date
}

const insertEvent = prepared((db, { key, windowMs, ends, content, now }: Given<EventValues>) =>
  db.insertInto('alert_events').values({ cause: key, window_ms: windowMs, ends, content, created_at: now }),
)
