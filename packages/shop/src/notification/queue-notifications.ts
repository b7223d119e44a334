import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import { type CustomerNotification, customerTelling, type Id, newId, toStorableJson } from '@vpn-kiosk/domain'
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
  const rows = await runStatement<{ id: Id<'notification'>; kind: CustomerNotification['kind'] }>(
    em,
    `insert into notifications (id, key, customer_id, state, content, created_at, queued_at)
     select r.id, r.key, r.customer_id, 'queued', r.content, $2, $2
     from jsonb_to_recordset($1::jsonb) as r (id text, key text, customer_id text, content jsonb)
     on conflict (key) do nothing returning id, content->>'kind' as kind`,
    [
      toStorableJson(
        requests.map(({ key, customerId, notification }) => ({
          id: newId('notification'),
          key,
          customer_id: customerId,
          content: notification,
        })),
      ),
      now,
    ],
  )
  for (const priority of ['urgent', 'normal', 'bulk'] as const)
    await queue.enqueueMany(
      'tell-customer',
      rows.filter(({ kind }) => customerTelling[kind] === priority).map(({ id }) => ({ notificationId: id })),
      { transaction: em.getTransactionContext(), priority },
    )
  return rows.length
}
