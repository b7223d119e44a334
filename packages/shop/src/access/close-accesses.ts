import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import { type AccessId, addMs, removeAfterMs, retireSuspendedAfterMs, type SubscriptionId } from '@vpn-kiosk/domain'
import { wishedAt } from './wished-at.ts'

/**
 * Marks the accesses of subscriptions that do not run as desired closed, and returns those whose endpoints must be told.
 * An access that no endpoint was asked for is removed at once: no account is made only to be disabled. A suspended
 * subscription keeps its places for some days, not for all the time that was paid.
 */
export async function closeAccesses(
  em: EntityManager,
  subscriptionIds: readonly SubscriptionId[],
  now: Date,
): Promise<AccessId[]> {
  const keptUntil = addMs(now, retireSuspendedAfterMs - removeAfterMs)
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
