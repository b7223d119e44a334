import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import {
  addMs,
  type CustomerNotification,
  customerTelling,
  type Id,
  queuedNotificationLimitMs,
  untoldNotificationLimitMs,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from './queue-notification.ts'

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock'>

const page = 500

/**
 * Queues again what was queued an hour ago and not told: its job was lost with the database's restore, say. Each once
 * an hour, the longest waiting first, so that a bot that is away finds no pile and nobody's turn is taken by others.
 * Staff hear that customers wait; what nobody could be told for three days is given up.
 */
export async function sweepNotifications(deps: Deps): Promise<number> {
  const now = deps.clock.now()
  return deps.db.transaction(async (em) => {
    await giveUp(em, now)
    const rows = await runStatement<{ id: Id<'notification'>; kind: CustomerNotification['kind'] }>(
      em,
      `update notifications set queued_at = $1 where id = any(array(
         select id from notifications where state = 'queued' and queued_at <= $2 order by queued_at limit $3 for update skip locked
       )) returning id, content ->> 'kind' as kind`,
      [now, addMs(now, -queuedNotificationLimitMs), page],
    )
    for (const priority of ['urgent', 'normal', 'bulk'] as const) {
      const jobs = rows
        .filter(({ kind }) => customerTelling[kind] === priority)
        .map(({ id }) => ({ notificationId: id }))
      const options = { transaction: em.getTransactionContext(), priority, isSwept: true }
      await deps.queue.enqueueMany('tell-customer', jobs, options)
    }
    if (rows.length > 0) await tellOfWaiting(deps, em, now)
    return rows.length
  })
}

const giveUp = (em: EntityManager, now: Date) =>
  runStatement(
    em,
    `update notifications set state = 'failed', reason = 'waited too long', sent_at = $1 where id = any(array(
       select id from notifications where state = 'queued' and created_at <= $2 order by created_at limit $3 for update skip locked
     ))`,
    [now, addMs(now, -untoldNotificationLimitMs), page],
  )

async function tellOfWaiting(deps: Deps, em: EntityManager, now: Date): Promise<void> {
  const [row] = await runStatement<{ waiting: number; since: Date | string }>(
    em,
    `select count(*)::int as waiting, min(created_at) as since from (
       select created_at from notifications where state = 'queued' and created_at <= $1 order by created_at limit 10000
     ) as late`,
    [addMs(now, -queuedNotificationLimitMs)],
  )
  if (!row || row.waiting === 0) return
  const since = new Date(row.since).toISOString()
  await notifyStaff(deps, em, { kind: 'customers_untold', waiting: row.waiting, since }, now)
}
