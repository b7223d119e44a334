import { BroadcastEntity, type EntityManager, sql } from '@vpn-kiosk/db'
import type { BroadcastId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { countOf } from './count-of.ts'
import type { DeliveryDeps } from './delivery.ts'

/**
 * Ends a broadcast in which nobody is left. `in_flight`: somebody is being written to now, by another process or by
 * one that died; the caller decides how long it waits before it stops waiting for them. `filling`: not everybody is
 * written down yet. Staff hear of the end.
 */
export async function finishBroadcast(
  deps: DeliveryDeps & Pick<ShopDeps, 'queue'>,
  id: BroadcastId,
  { waitForOthers }: { readonly waitForOthers: boolean },
): Promise<{ readonly kind: 'finished' | 'filling' | 'somebody_left' | 'in_flight' | 'not_running' }> {
  const now = deps.clock.now()
  return deps.db.transaction(async (em) => {
    // Locked before it is looked into: one statement would see the people as they were before it waited for the lock.
    await em.getKysely().selectFrom('broadcasts').select('id').where('id', '=', id).forUpdate().execute()
    const row = await findRunning(em, id)
    if (!row) return { kind: 'not_running' }
    if (row.queued) return { kind: 'somebody_left' }
    if (!row.filled) return { kind: 'filling' }
    if (row.flying && waitForOthers) return { kind: 'in_flight' }
    await recount(em, id)
    await em.nativeUpdate(BroadcastEntity, { id, state: 'running' }, { state: 'done', finishedAt: now })
    await notifyStaff(deps, em, { kind: 'broadcast_finished', broadcastId: id }, now)
    return { kind: 'finished' }
  })
}

const findRunning = (em: EntityManager, id: BroadcastId) =>
  em
    .getKysely()
    .selectFrom('broadcasts as b')
    .select((eb) => {
      const people = eb
        .selectFrom('broadcast_recipients as r')
        .select('r.state')
        .whereRef('r.broadcast_id', '=', 'b.id')
      const isQueued = eb.exists(people.where('r.state', '=', sql.lit('queued')))
      const isFlying = eb.exists(people.where('r.state', '=', sql.lit('sending')).where('r.at', 'is not', null))
      return [
        sql<boolean>`b.filled_at is not null`.as('filled'),
        isQueued.$castTo<boolean>().as('queued'),
        isFlying.$castTo<boolean>().as('flying'),
      ]
    })
    .where('b.id', '=', id)
    .where('b.state', '=', sql.lit('running'))
    .executeTakeFirst()

/** Where the kept figures do not add up, because an earlier version sent a part of it, everybody is counted once. */
async function recount(em: EntityManager, id: BroadcastId): Promise<void> {
  await em
    .getKysely()
    .updateTable('broadcasts as b')
    .from((eb) =>
      eb
        .selectFrom('broadcast_recipients')
        .select([countOf('sent').as('sent'), countOf('unreachable').as('unreachable'), countOf('failed').as('failed')])
        .select(countOf('sending').as('sending'))
        .where('broadcast_id', '=', id)
        .as('c'),
    )
    .set((eb) => ({ sent: eb.ref('c.sent'), unreachable: eb.ref('c.unreachable'), failed: eb.ref('c.failed') }))
    .where('b.id', '=', id)
    .where(sql<boolean>`b.total <> b.sent + b.unreachable + b.failed + c.sending`)
    .execute()
}
