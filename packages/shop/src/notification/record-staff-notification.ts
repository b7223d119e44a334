import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import { addMs, backoffMs, cutText, dayMs, type StaffAlert } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { StaffNotificationToSend } from './claim-staff-notifications.ts'
import { editEveryMs } from './gather-staff-notifications.ts'
import { notifyStaff } from './queue-notification.ts'

export type StaffNotificationOutcome =
  /** `message`: where it stands; null when it cannot be edited any more. */
  | { readonly kind: 'sent'; readonly message: StaffNotificationToSend['message'] }
  | { readonly kind: 'unreachable' }
  /** Telegram will never take it. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'try_later'; readonly reason: string; readonly waitMs?: number }

/** After so long an alert is given up: whoever can be reached again sees the newer ones. */
const givenUpAfterMs = 7 * dayMs

/** Writes down how telling one person ended, and when to try or to edit again. Nobody else is concerned. */
export async function recordStaffNotification(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'queue'>,
  told: StaffNotificationToSend,
  outcome: StaffNotificationOutcome,
): Promise<void> {
  const now = deps.clock.now()
  await deps.db.transaction(async (em) => {
    switch (outcome.kind) {
      case 'sent':
        return recordSent(em, told, outcome.message, now)
      case 'unreachable':
        return settle(em, told, { state: 'unreachable', reason: null }, now)
      case 'refused': {
        await settle(em, told, { state: 'failed', reason: cutText(outcome.reason, 300) }, now)
        return tellOfRefusal(deps, em, told.alert.content, outcome.reason, now)
      }
      case 'try_later':
        return recordFailure(em, told, outcome, now)
    }
  })
}

/** What changed while it was being sent is told next. */
const recordSent = async (
  em: EntityManager,
  told: StaffNotificationToSend,
  message: StaffNotificationToSend['message'],
  now: Date,
): Promise<void> => {
  await runStatement(
    em,
    `update staff_notifications n set state = 'sent', told_revision = $3, attempts = 0, leased_until = null, reason = null,
       settled_at = $4, bot_id = $6, chat_id = $7, message_id = $8,
       next_attempt_at = case when a.revision > $3 and $8::int is not null then $5::timestamptz end
     from alerts a where a.id = n.alert_id and n.alert_id = $1 and n.telegram_id = $2`,
    [
      told.alertId,
      String(told.telegramId),
      told.revision,
      now,
      addMs(now, editEveryMs),
      message ? String(message.botId) : null,
      message ? String(message.chatId) : null,
      message?.messageId ?? null,
    ],
  )
}

const settle = async (
  em: EntityManager,
  told: StaffNotificationToSend,
  { state, reason }: { readonly state: 'unreachable' | 'failed'; readonly reason: string | null },
  now: Date,
): Promise<void> => {
  await runStatement(
    em,
    `update staff_notifications set state = $3, reason = $4, next_attempt_at = null, leased_until = null, settled_at = $5
     where alert_id = $1 and telegram_id = $2`,
    [told.alertId, String(told.telegramId), state, reason, now],
  )
}

const recordFailure = async (
  em: EntityManager,
  told: StaffNotificationToSend,
  { reason, waitMs }: { readonly reason: string; readonly waitMs?: number },
  now: Date,
): Promise<void> => {
  await runStatement(
    em,
    `update staff_notifications set reason = $3, leased_until = null,
       state = case when created_at < $5 and state = 'queued' then 'failed' else state end,
       next_attempt_at = case when created_at < $5 then null else $4::timestamptz end
     where alert_id = $1 and telegram_id = $2`,
    [
      told.alertId,
      String(told.telegramId),
      cutText(reason, 300),
      addMs(now, Math.max(waitMs ?? 0, backoffMs(told.attempts - 1, Math.random()))),
      addMs(now, -givenUpAfterMs),
    ],
  )
}

/** A refused word about a refusal says nothing more: it would be refused again. */
const tellOfRefusal = async (
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  notification: StaffAlert,
  reason: string,
  now: Date,
): Promise<void> => {
  if (notification.kind === 'notification_refused') return
  const refusal = {
    kind: 'notification_refused',
    to: 'staff',
    what: notification.kind,
    reason: cutText(reason, 300),
  } as const
  await notifyStaff(deps, em, refusal, now)
}
