import type { EntityManager } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sharedDrivers } from '../server/devices-only.ts'
import { holdNotice, type NoticeRequest, queueNotice } from './queue-notice.ts'

/**
 * Tells that there is something to connect with, once there is. In a shop that sells keys to single devices only,
 * there is nothing to wait for: the customer adds the first device next.
 */
export async function announceWhenReady(
  deps: Pick<ShopDeps, 'queue' | 'drivers'>,
  em: EntityManager,
  request: NoticeRequest & { readonly subscriptionId: SubscriptionId },
  now: Date,
): Promise<void> {
  const rows = await em.execute<{ driver: string }[]>('select distinct driver from endpoints')
  const shared = sharedDrivers(deps.drivers)
  const isDevicesOnly = rows.length > 0 && rows.every(({ driver }) => !shared.includes(driver))
  if (isDevicesOnly) await queueNotice(deps, em, request, now)
  else await holdNotice(em, request, request.subscriptionId, now)
}
