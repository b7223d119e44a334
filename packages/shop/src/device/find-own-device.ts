import { DeviceEntity, type DeviceRow, type EntityManager, SubscriptionEntity } from '@vpn-kiosk/db'
import type { CustomerId, DeviceId } from '@vpn-kiosk/domain'

export async function findOwnDevice(
  em: EntityManager,
  { customerId, deviceId }: { customerId: CustomerId; deviceId: DeviceId },
): Promise<DeviceRow | null> {
  const device = await em.findOne(DeviceEntity, { id: deviceId, revokedAt: null })
  if (!device) return null
  const owns = await em.count(SubscriptionEntity, { id: device.subscriptionId, customerId })
  return owns ? device : null
}
