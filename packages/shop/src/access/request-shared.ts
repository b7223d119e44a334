import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { AccessId, SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { nudgeAll } from './nudge.ts'

/**
 * Wishes the shared accesses of subscriptions, whose rows the caller has locked, to agree with how many separate devices
 * there are now: what those take is not left to the shared key.
 */
export async function requestShared(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  subscriptionIds: readonly SubscriptionId[],
  now: Date,
): Promise<void> {
  if (subscriptionIds.length === 0) return
  const rows = await runStatement<{ id: AccessId }>(
    em,
    `update accesses set desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = $1
     where subscription_id = any($2) and device_id is null and removed_at is null returning id`,
    [now, subscriptionIds],
  )
  await nudgeAll(
    deps,
    em,
    rows.map(({ id }) => id),
  )
}
