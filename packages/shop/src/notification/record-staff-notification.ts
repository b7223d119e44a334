import { type EntityManager, sql } from '@vpn-kiosk/db'
import { addMs, backoffMs, cutText, dayMs, type StaffAlert, type StaffDeliveryState } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { StaffNotificationToSend } from './claim-staff-notifications.ts'
import { editEveryMs } from './gather-staff-notifications.ts'
import { notifyStaff } from './notify-staff.ts'

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

const updateTold = (em: EntityManager, { alertId, telegramId }: StaffNotificationToSend) =>
  em
    .getKysely()
    .updateTable('staff_notifications as n')
    .where('n.alert_id', '=', alertId)
    .where('n.telegram_id', '=', String(telegramId))

/** What changed while it was being sent is told next. */
const recordSent = async (
  em: EntityManager,
  told: StaffNotificationToSend,
  message: StaffNotificationToSend['message'],
  now: Date,
): Promise<void> => {
  const editAt = message ? addMs(now, editEveryMs) : null
  await updateTold(em, told)
    .from('alerts as a')
    .whereRef('a.id', '=', 'n.alert_id')
    .set({
      state: 'sent',
      told_revision: told.revision,
      attempts: 0,
      leased_until: null,
      reason: null,
      settled_at: now,
      bot_id: message?.botId ?? null,
      chat_id: message?.chatId ?? null,
      message_id: message?.messageId ?? null,
      next_attempt_at: sql<Date | null>`case when a.revision > ${told.revision} then ${editAt}::timestamptz end`,
    })
    .execute()
}

const settle = async (
  em: EntityManager,
  told: StaffNotificationToSend,
  { state, reason }: { readonly state: 'unreachable' | 'failed'; readonly reason: string | null },
  now: Date,
): Promise<void> => {
  await updateTold(em, told)
    .set({ state, reason, next_attempt_at: null, leased_until: null, settled_at: now })
    .execute()
}

const recordFailure = async (
  em: EntityManager,
  told: StaffNotificationToSend,
  { reason, waitMs }: { readonly reason: string; readonly waitMs?: number },
  now: Date,
): Promise<void> => {
  const nextAt = addMs(now, Math.max(waitMs ?? 0, backoffMs(told.attempts - 1, Math.random())))
  const isGivenUp = sql<boolean>`n.created_at < ${addMs(now, -givenUpAfterMs)}`
  await updateTold(em, told)
    .set({
      reason: cutText(reason, 300),
      leased_until: null,
      state: sql<StaffDeliveryState>`case when ${isGivenUp} and n.state = 'queued' then 'failed' else n.state end`,
      next_attempt_at: sql<Date | null>`case when ${isGivenUp} then null else ${nextAt}::timestamptz end`,
    })
    .execute()
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
