import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import {
  type CustomerId,
  type CustomerNotification,
  causeEndedBy,
  causeOf,
  customerTelling,
  type DriverId,
  type Id,
  newId,
  type StaffAlert,
  type SubscriptionId,
  staffTelling,
  toStorableJson,
} from '@vpn-kiosk/domain'
import type { Enqueuer } from '@vpn-kiosk/queue'

export interface NotificationRequest {
  readonly customerId: CustomerId
  /** Told once: the unique key of (whom, what, which occasion). */
  readonly key: string
  readonly notification: CustomerNotification
}

interface QueueDeps {
  readonly queue: Enqueuer
}

/** Tells a customer something, once by its key; in the caller's transaction. False when it was asked for before. */
export async function queueNotification(
  deps: QueueDeps,
  em: EntityManager,
  request: NotificationRequest,
  now: Date,
): Promise<boolean> {
  return insertNotification(deps, em, request, { subscriptionId: null, sharedDrivers: null }, now)
}

/**
 * The same, but only after the subscription's access is really there: nothing is announced before it is true. Where
 * every endpoint gives keys to single devices (none has one of `sharedDrivers`) there is nothing to wait for.
 */
export async function holdNotification(
  deps: QueueDeps,
  em: EntityManager,
  request: NotificationRequest,
  wait: { readonly subscriptionId: SubscriptionId; readonly sharedDrivers: readonly DriverId[] },
  now: Date,
): Promise<void> {
  await insertNotification(deps, em, request, wait, now)
}

/**
 * Tells the staff something, in the caller's transaction: whoever hears of its kind, each in the admin bot. What has one
 * cause becomes one message (`causeOf`). Locks nothing that another transaction may wait for.
 */
export async function notifyStaff(
  deps: QueueDeps,
  em: EntityManager,
  notification: StaffAlert,
  now: Date,
): Promise<void> {
  const { key, windowMs } = causeOf(notification)
  await runStatement(
    em,
    `insert into alert_events (cause, window_ms, ends, content, created_at) values ($1, $2, $3, $4, $5)`,
    [key, windowMs, causeEndedBy(notification), toStorableJson(notification), now],
  )
  const priority = staffTelling[notification.kind].isUrgent ? 'urgent' : 'normal'
  await deps.queue.enqueue('tell-staff', {}, { transaction: em.getTransactionContext(), priority })
}

/** Has the client bot tell it, as soon as its kind asks for; what was held is a key that somebody waits for. */
export const sendNotification = (
  deps: QueueDeps,
  em: EntityManager,
  notificationId: Id<'notification'>,
  kind: CustomerNotification['kind'] = 'key_ready',
): Promise<void> =>
  deps.queue.enqueue(
    'tell-customer',
    { notificationId },
    { transaction: em.getTransactionContext(), priority: customerTelling[kind] },
  )

async function insertNotification(
  deps: QueueDeps,
  em: EntityManager,
  request: NotificationRequest,
  wait: { readonly subscriptionId: SubscriptionId | null; readonly sharedDrivers: readonly DriverId[] | null },
  now: Date,
): Promise<boolean> {
  const [row] = await runStatement<{ id: Id<'notification'>; state: 'held' | 'queued' }>(
    em,
    `insert into notifications (id, key, customer_id, subscription_id, state, content, created_at, queued_at)
     select $1, $2, $3, $4, case when is_held then 'held' else 'queued' end, $5, $6, case when is_held then null else $6::timestamptz end
     from (select $7::text[] is not null and (
       not exists (select 1 from endpoints) or exists (select 1 from endpoints where driver = any($7))
     ) as is_held) as waiting
     on conflict (key) do nothing returning id, state`,
    [
      newId('notification'),
      request.key,
      request.customerId,
      wait.subscriptionId,
      toStorableJson(request.notification),
      now,
      wait.sharedDrivers,
    ],
  )
  if (row?.state === 'queued') await sendNotification(deps, em, row.id, request.notification.kind)
  return row !== undefined
}
