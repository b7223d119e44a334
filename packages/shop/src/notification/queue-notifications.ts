import { type EntityManager, sql, toJson } from '@vpn-kiosk/db'
import { type CustomerId, type CustomerNotification, customerTelling, type Id, newId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { NotificationRequest } from './queue-notification.ts'

/**
 * Tells many customers something, each once by its key, with one statement and one insert of jobs; in the caller's
 * transaction. Returns how many had not been asked for before.
 */
export async function queueNotifications(
  { queue }: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  requests: readonly NotificationRequest[],
  now: Date,
): Promise<number> {
  if (requests.length === 0) return 0
  const rows = await insertNew(em, requests, now)
  for (const priority of ['urgent', 'normal', 'bulk'] as const)
    await queue.enqueueMany(
      'tell-customer',
      rows.filter(({ kind }) => customerTelling[kind] === priority).map(({ id }) => ({ notificationId: id })),
      { transaction: em.getTransactionContext(), priority },
    )
  return rows.length
}

function insertNew(em: EntityManager, requests: readonly NotificationRequest[], now: Date) {
  const texts = requests.map(({ key, customerId, notification }) => ({
    id: newId('notification'),
    key,
    customer_id: customerId,
    content: notification,
  }))
  const records = sql<{ id: Id<'notification'>; key: string; customer_id: CustomerId; content: CustomerNotification }>`
    jsonb_to_recordset(${toJson(texts)}::jsonb)`
  return em
    .getKysely()
    .insertInto('notifications')
    .columns(['id', 'key', 'customer_id', 'state', 'content', 'created_at', 'queued_at'])
    .expression((eb) =>
      eb
        .selectFrom(records.as<'r'>(sql`r (id text, key text, customer_id text, content jsonb)`))
        .select(['r.id', 'r.key', 'r.customer_id', sql.lit('queued').as('state'), 'r.content'])
        .select([sql`${now}::timestamptz`.as('created_at'), sql`${now}::timestamptz`.as('queued_at')]),
    )
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning(['id', sql<CustomerNotification['kind']>`content->>'kind'`.as('kind')])
    .execute()
}
