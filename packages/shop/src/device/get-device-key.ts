import { AccessEntity } from '@vpn-kiosk/db'
import type { Credentials, CustomerId, DeviceId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { DeviceKey } from './device-key.ts'
import { findOwnDevice } from './find-own-device.ts'

/** A device's own configuration file; null when it is not this customer's or is gone. */
export async function getDeviceKey(
  { db, vault }: Pick<ShopDeps, 'db' | 'vault'>,
  of: { customerId: CustomerId; deviceId: DeviceId },
): Promise<DeviceKey | null> {
  const em = db.em()
  const device = await findOwnDevice(em, of)
  if (!device) return null
  const access = await em.findOne(AccessEntity, { deviceId: device.id, removedAt: null })
  if (!access?.credentials) return { device, document: null }
  const { documents } = vault.open<Credentials>(access.credentials, `accesses.credentials:${access.id}`)
  return { device, document: documents[0] ?? null }
}
