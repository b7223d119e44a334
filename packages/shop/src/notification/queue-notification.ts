import { anyOf, type EntityManager, type Given, type Json, prepared, sql, toJson } from '@vpn-kiosk/db'
import {
  type CustomerId,
  type CustomerNotification,
  customerTelling,
  type DriverId,
  type Id,
  newId,
  type SubscriptionId,
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
 * every endpoint gives keys to single devices (none has one of `sharedDrivers`), or the subscription is frozen, there is
 * nothing to wait for.
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
  const [row] = await insertOnce(em, {
    id: newId('notification'),
    key: request.key,
    customerId: request.customerId,
    subscriptionId: wait.subscriptionId,
    content: toJson(request.notification),
    now,
    drivers: wait.sharedDrivers,
  })
  if (row?.state === 'queued') await sendNotification(deps, em, row.id, request.notification.kind)
  return row !== undefined
}

interface NotificationValues {
  readonly id: Id<'notification'>
  readonly key: string
  readonly customerId: CustomerId
  readonly subscriptionId: SubscriptionId | null
  readonly content: Json<CustomerNotification>
  readonly now: Date
  /** Null: nothing is waited for. */
  readonly drivers: readonly DriverId[] | null
}

const insertOnce = prepared((db, given: Given<NotificationValues>) => {
  const now = sql<Date>`${given.now}::timestamptz`
  const shared = sql<readonly DriverId[]>`${given.drivers}::text[]`
  const endpoints = db.selectFrom('endpoints').select('id')
  const frozen = db.selectFrom('subscriptions').select('id').where('id', '=', given.subscriptionId)
  const isHeld = sql<boolean>`(${shared} is not null and (
    not exists (${endpoints}) or exists (${endpoints.where('driver', '=', anyOf(shared))}))
    and not exists (${frozen.where('state', '=', sql.lit('frozen'))}))`
  return db
    .insertInto('notifications')
    .values({
      id: given.id,
      key: given.key,
      customer_id: given.customerId,
      subscription_id: given.subscriptionId,
      state: sql<'held' | 'queued'>`case when ${isHeld} then 'held' else 'queued' end`,
      content: given.content,
      created_at: now,
      queued_at: sql<Date | null>`case when not ${isHeld} then ${now} end`,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning(['id', 'state'])
})
