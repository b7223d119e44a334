import type { EntityManager } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sharedDrivers } from '../server/devices-only.ts'
import { holdNotification, type NotificationRequest } from './queue-notification.ts'

/**
 * Tells that there is something to connect with, once there is. In a shop that sells keys to single devices only,
 * there is nothing to wait for: the customer adds the first device next.
 */
export async function announceWhenReady(
  deps: Pick<ShopDeps, 'queue' | 'drivers'>,
  em: EntityManager,
  request: NotificationRequest & { readonly subscriptionId: SubscriptionId },
  now: Date,
): Promise<void> {
  const { subscriptionId } = request
  await holdNotification(deps, em, request, { subscriptionId, sharedDrivers: sharedDrivers(deps.drivers) }, now)
}
