import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { AccessId, SubscriptionId } from '@vpn-kiosk/domain'
import type { Priority } from '@vpn-kiosk/queue'
import type { ShopDeps } from '../deps.ts'

/**
 * Wishes the accesses of many subscriptions, whose rows the caller has locked, to agree with what holds now; two
 * statements for all of them. None is added: what ends needs no account where there was none, and what goes on has its own.
 */
export async function requestMany(
  { queue }: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  subscriptionIds: readonly SubscriptionId[],
  now: Date,
  priority: Priority,
): Promise<void> {
  if (subscriptionIds.length === 0) return
  const rows = await runStatement<{ id: AccessId }>(
    em,
    `update accesses set desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = $1
     where subscription_id = any($2) and removed_at is null returning id`,
    [now, subscriptionIds],
  )
  await queue.enqueueMany(
    'grant-access',
    rows.map(({ id }) => ({ accessId: id })),
    { transaction: em.getTransactionContext(), priority },
  )
}
