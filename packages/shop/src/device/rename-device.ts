import { DeviceEntity } from '@vpn-kiosk/db'
import { type CustomerId, type DeviceId, tidyName } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { deviceNameLength } from './add-device.ts'
import { findOwnDevice } from './find-own-device.ts'

/** Renames a customer's own device; false when it is not theirs or is gone. */
export async function renameDevice(
  { db }: Pick<ShopDeps, 'db'>,
  of: { customerId: CustomerId; deviceId: DeviceId },
  name: string,
): Promise<boolean> {
  const em = db.em()
  const device = await findOwnDevice(em, of)
  const chosen = tidyName(name, deviceNameLength)
  if (!device || !chosen) return false
  await em.nativeUpdate(DeviceEntity, { id: device.id }, { name: chosen })
  return true
}
