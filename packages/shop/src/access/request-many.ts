import { anyOf, type EntityManager } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { closeAccesses } from './close-accesses.ts'
import { queueAccesses, queueCuts } from './queue-access.ts'
import { wishedAt } from './wished-at.ts'

type RequestManyDeps = Pick<ShopDeps, 'queue'>

/**
 * Provisions the accesses of many running subscriptions anew, in one statement. The caller has locked the subscriptions'
 * rows. No access is added.
 */
export async function requestMany(
  deps: RequestManyDeps,
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
    .where('removed_at', 'is', null)
    .returning('id')
    .execute()
  await queueAccesses(
    deps,
    em,
    rows.map(({ id }) => id),
  )
}

/** Closes the accesses of many subscriptions that do not run any more, as `requestAccess` does for one. */
export async function closeMany(
  deps: RequestManyDeps,
  em: EntityManager,
  subscriptionIds: readonly SubscriptionId[],
  now: Date,
): Promise<void> {
  if (subscriptionIds.length === 0) return
  await queueCuts(deps, em, await closeAccesses(em, subscriptionIds, now))
}
