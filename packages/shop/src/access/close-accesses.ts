import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import { type AccessId, addMs, retireAfterMs, retireSuspendedAfterMs, type SubscriptionId } from '@vpn-kiosk/domain'
import { wishedAt } from './wished-at.ts'

/**
 * Wishes the accesses of subscriptions that do not run to be closed; returns those of them whose endpoints are to hear of
 * it. What an endpoint was never asked for is gone with that: no account is made only to be disabled. Who is suspended
 * keeps the places for a while; that the time was paid for does not hold them to its end.
 */
export async function closeAccesses(
  em: EntityManager,
  subscriptionIds: readonly SubscriptionId[],
  now: Date,
): Promise<AccessId[]> {
  const keptUntil = addMs(now, retireSuspendedAfterMs - retireAfterMs)
  const rows = await em
    .getKysely()
    .with('gone', (cte) =>
      cte
        .updateTable('accesses')
        .set((eb) => ({ removed_at: now, applied_revision: eb.ref('desired_revision') }))
        .where('subscription_id', '=', anyOf(subscriptionIds))
        .where('removed_at', 'is', null)
        .where('asked_at', 'is', null),
    )
    .with('nothing_to_deliver', (cte) =>
      cte.deleteFrom('pending_deliveries').where('subscription_id', '=', anyOf(subscriptionIds)),
    )
    .updateTable('accesses')
    .set({
      ...wishedAt(now),
      ended_at: sql<Date | null>`case when ended_at is not null then least(ended_at, ${keptUntil}) end`,
    })
    .where('subscription_id', '=', anyOf(subscriptionIds))
    .where('removed_at', 'is', null)
    .where('asked_at', 'is not', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}
