import { type EntityManager, RenewalEntity, SubscriptionEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { cancelStarSubscriptions } from './cancel-star-subscriptions.ts'
import { stopRenewal } from './stop-renewal.ts'

/** A purchase was given back: what the customer did not want is not bought again. The caller has locked the subscription. */
export async function endRenewal(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  customerId: CustomerId,
  now: Date,
): Promise<void> {
  const { id: subscriptionId } = await em.findOneOrFail(SubscriptionEntity, { customerId }, { fields: ['id'] })
  if (await em.count(RenewalEntity, { subscriptionId, nextAt: { $ne: null } }))
    await stopRenewal(deps, em, { customerId, subscriptionId, reason: 'refunded', planId: null }, now)
  await cancelStarSubscriptions(deps, em, customerId, { reason: 'refunded', at: now })
}
