import { anyOf, type EntityManager } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueAccesses } from './queue-access.ts'
import { wishedAt } from './wished-at.ts'

/**
 * Provisions the shared accesses of subscriptions anew, because the number of separate devices has changed: each of them
 * takes a device from the shared key. The caller has locked the subscriptions' rows.
 */
export async function requestShared(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  subscriptionIds: readonly SubscriptionId[],
  now: Date,
): Promise<void> {
  if (subscriptionIds.length === 0) return
  const rows = await em
    .getKysely()
    .updateTable('accesses')
    .set(wishedAt(now))
    .where('subscription_id', '=', anyOf(subscriptionIds))
    .where('device_id', 'is', null)
    .where('removed_at', 'is', null)
    .returning('id')
    .execute()
  await queueAccesses(
    deps,
    em,
    rows.map(({ id }) => id),
  )
}
