import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Id, StaffAlert, StaffDeliveryState } from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, json, text } from './columns.ts'

/**
 * One matter that staff are told of, and how often it has come up: one message to each person, edited when it changes.
 * What belongs to it goes with it. May be deleted 90 days after `lastAt`.
 */
export const StaffAlertEntity = defineEntity({
  name: 'StaffAlert',
  tableName: 'alerts',
  indexes: [{ properties: ['cause', 'firstAt'] }, { properties: ['kind', 'firstAt'] }, { properties: ['lastAt'] }],
  properties: {
    id: id<Id<'alert'>>().primary(),
    /** As `causeOf` says it, or `many:` and the kind once too many matters of a kind came at once. */
    cause: text(),
    kind: text<StaffAlert['kind']>(),
    /** The content of the alert's latest event. */
    content: json<StaffAlert>(),
    count: int(),
    /** For this time after `firstAt`, events of the same cause are counted in this alert. */
    windowMs: int(),
    firstAt: at(),
    lastAt: at(),
    /** When it was over; null while it lasts, and for what has no end. */
    overAt: at().strictNullable(),
    /** Counts the changes that people are to read. */
    revision: int(),
  },
})
export type StaffAlertRow = InferEntity<typeof StaffAlertEntity>

/** Something that staff are to hear, as it was said in the transaction in which it happened. Goes with its alert. */
export const StaffEventEntity = defineEntity({
  name: 'StaffEvent',
  tableName: 'alert_events',
  indexes: [
    { properties: ['alertId'] },
    {
      name: 'alert_events_new',
      expression: `create index "alert_events_new" on "alert_events" ("id") where "alert_id" is null`,
    },
  ],
  properties: {
    id: p.bigint('bigint').primary().autoincrement(),
    cause: text(),
    windowMs: int(),
    /** The cause that this event ends. */
    ends: text().strictNullable(),
    content: json<StaffAlert>(),
    createdAt: at(),
    /** The alert that counts this event; null until an alert does. */
    alertId: () => p.manyToOne(StaffAlertEntity).mapToPk().fieldName('alert_id').strictNullable().deleteRule('cascade'),
  },
})

/** One person and one alert: what is still to be said, and where the message stands. Goes with its alert. */
export const StaffNotificationEntity = defineEntity({
  name: 'StaffNotification',
  tableName: 'staff_notifications',
  indexes: [
    {
      name: 'staff_notifications_due',
      expression: `create index "staff_notifications_due" on "staff_notifications" ("telegram_id", "is_urgent", "next_attempt_at") where "next_attempt_at" is not null`,
    },
    { properties: ['telegramId', 'settledAt'] },
  ],
  properties: {
    alertId: () => p.manyToOne(StaffAlertEntity).mapToPk().fieldName('alert_id').primary().deleteRule('cascade'),
    telegramId: bigint().primary(),
    state: text<StaffDeliveryState>(),
    isUrgent: flag(),
    /** When to send or edit the message next; null when there is nothing to send. */
    nextAttemptAt: at().strictNullable(),
    attempts: int(),
    /** The end of the lease of the process that sends the message. */
    leasedUntil: at().strictNullable(),
    /** The message that was sent: of this bot, in this chat. */
    botId: bigint().strictNullable(),
    chatId: bigint().strictNullable(),
    messageId: int().strictNullable(),
    /** The alert's revision that the person's message shows. */
    toldRevision: int(),
    reason: text().strictNullable(),
    createdAt: at(),
    /** When it was last known how the latest attempt ended. */
    settledAt: at().strictNullable(),
  },
})
export type StaffNotificationRow = InferEntity<typeof StaffNotificationEntity>
