import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import {
  addMs,
  type CustomerNotification,
  customerTelling,
  type Id,
  queuedNotificationLimitMs,
  untoldNotificationLimitMs,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from './notify-staff.ts'

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
    const rows = await takeForgotten(em, now)
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

/** The longest waiting of them, by one of their instants. As an array: for a join Postgres would read the whole table. */
function queuedSince(em: EntityManager, column: 'queued_at' | 'created_at', since: Date) {
  const queued = em
    .getKysely()
    .selectFrom('notifications')
    .select('id')
    .where('state', '=', sql.lit('queued'))
    .where(column, '<=', since)
    .orderBy(column)
    .limit(page)
    .forUpdate()
    .skipLocked()
  return anyOf(sql<Id<'notification'>[]>`array(${queued})`)
}

const takeForgotten = (em: EntityManager, now: Date) =>
  em
    .getKysely()
    .updateTable('notifications')
    .set({ queued_at: now })
    .where('id', '=', queuedSince(em, 'queued_at', addMs(now, -queuedNotificationLimitMs)))
    .returning(['id', sql<CustomerNotification['kind']>`content ->> 'kind'`.as('kind')])
    .execute()

const giveUp = (em: EntityManager, now: Date) =>
  em
    .getKysely()
    .updateTable('notifications')
    .set({ state: 'failed', reason: 'waited too long', sent_at: now })
    .where('id', '=', queuedSince(em, 'created_at', addMs(now, -untoldNotificationLimitMs)))
    .execute()

async function tellOfWaiting(deps: Deps, em: EntityManager, now: Date): Promise<void> {
  const { waiting, since } = await em
    .getKysely()
    .selectFrom((eb) =>
      eb
        .selectFrom('notifications')
        .select('created_at')
        .where('state', '=', sql.lit('queued'))
        .where('created_at', '<=', addMs(now, -queuedNotificationLimitMs))
        .orderBy('created_at')
        .limit(10_000)
        .as('late'),
    )
    .select([sql<number>`count(*)::int`.as('waiting'), sql<Date | null>`min(late.created_at)`.as('since')])
    .executeTakeFirstOrThrow()
  if (since === null) return
  await notifyStaff(deps, em, { kind: 'customers_untold', waiting, since: since.toISOString() }, now)
}
