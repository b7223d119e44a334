import type { EntityManager } from '@vpn-kiosk/db'
import type { ServerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { dueAt } from '../server/change-server-state.ts'

/** Tries the accesses of these endpoints at once instead of at the end of their pause. */
export async function retryAccesses(
  { queue }: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  id: ServerId,
  now: Date,
): Promise<void> {
  await em
    .getKysely()
    .updateTable('accesses')
    .set({ next_attempt_at: dueAt(now), attempts: 0 })
    .whereRef('applied_revision', '<', 'desired_revision')
    .where('endpoint_id', 'in', (eb) => eb.selectFrom('endpoints as e').select('e.id').where('e.server_id', '=', id))
    .execute()
  await queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
}
