import type { EntityManager } from '@vpn-kiosk/db'
import { BroadcastEntity } from '@vpn-kiosk/db'
import type { BroadcastId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/queue-notification.ts'
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
    await em.execute('select 1 from broadcasts where id = ? for update', [id])
    const [row] = await em.execute<{ filled: boolean; queued: boolean; flying: boolean }[]>(
      `select b.filled_at is not null as filled, exists (select 1 from broadcast_recipients where broadcast_id = b.id and state = 'queued') as queued,
         exists (select 1 from broadcast_recipients where broadcast_id = b.id and state = 'sending' and at is not null) as flying
       from broadcasts b where b.id = ? and b.state = 'running'`,
      [id],
    )
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

/** Where the kept figures do not add up, because an earlier version sent a part of it, everybody is counted once. */
async function recount(em: EntityManager, id: BroadcastId): Promise<void> {
  await em.execute(
    `update broadcasts b set sent = c.sent, unreachable = c.unreachable, failed = c.failed from (
       select count(*) filter (where state = 'sent') as sent, count(*) filter (where state = 'unreachable') as unreachable,
         count(*) filter (where state = 'failed') as failed from broadcast_recipients where broadcast_id = ?
     ) c where b.id = ? and b.total <> b.sent + b.unreachable + b.failed + (
       select count(*) from broadcast_recipients where broadcast_id = ? and state = 'sending'
     )`,
    [id, id, id],
  )
}
