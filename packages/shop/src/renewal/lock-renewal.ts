import { type EntityManager, RenewalEntity, type RenewalRow } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import { type LockedSubscription, lockSubscription } from '../subscription/stretch-queue.ts'

export interface LockedRenewal {
  readonly subscription: LockedSubscription
  readonly isBanned: boolean
  /** Null where it was never switched on. */
  readonly renewal: RenewalRow | null
}

/**
 * A subscription with its auto-renewal, both locked, after the customer: whoever spends, switches, bans or extends waits
 * until the caller's transaction ends. Null where the customer has no subscription.
 */
export async function lockRenewal(em: EntityManager, customerId: CustomerId): Promise<LockedRenewal | null> {
  const row = await em
    .getKysely()
    .selectFrom('customers')
    .select('banned_at')
    .where('id', '=', customerId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  const known = await em
    .getKysely()
    .selectFrom('subscriptions')
    .select('id')
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  const subscription = known && (await lockSubscription(em, known.id))
  if (!subscription) return null
  // With the subscription locked, nobody else writes the row.
  const renewal = await em.findOne(RenewalEntity, { subscriptionId: subscription.id })
  const isBanned = row.banned_at !== null || subscription.state === 'suspended'
  return { subscription, isBanned, renewal }
}
