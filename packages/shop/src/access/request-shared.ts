import { anyOf, type EntityManager } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueAccesses } from './queue-access.ts'
import { wishedAt } from './wished-at.ts'

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
