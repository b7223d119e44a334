import type { EntityManager } from '@vpn-kiosk/db'
import type { ServerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { dueAt } from '../server/change-server-state.ts'

/** Lets what waited for this place try at once instead of at the end of its pause. */
export async function hurryAccesses(
  { queue }: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  id: ServerId,
  now: Date,
): Promise<void> {
  await em.execute(
    `update accesses set next_attempt_at = ?, attempts = 0
     where applied_revision < desired_revision and endpoint_id in (select id from endpoints where server_id = ?)`,
    [dueAt(now), id],
  )
  await queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
}
