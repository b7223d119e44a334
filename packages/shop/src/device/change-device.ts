import { AccessEntity, DeviceEntity, type DeviceRow, type EntityManager, SubscriptionEntity } from '@vpn-kiosk/db'
import type { AccessDocument, Credentials, CustomerId, DeviceId } from '@vpn-kiosk/domain'
import { tidyName } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { deviceNameLength } from './add-device.ts'
import { revokeDevices } from './revoke-devices.ts'

/** Renames a customer's own device; false when it is not theirs or is gone. */
export async function renameDevice(
  { db }: Pick<ShopDeps, 'db'>,
  of: { customerId: CustomerId; deviceId: DeviceId },
  name: string,
): Promise<boolean> {
  const em = db.em()
  const device = await findOwn(em, of)
  const chosen = tidyName(name, deviceNameLength)
  if (!device || !chosen) return false
  await em.nativeUpdate(DeviceEntity, { id: device.id }, { name: chosen })
  return true
}

/** Takes a device's key away; its address rests before somebody else gets it. False when it is not theirs or is gone. */
export async function revokeDevice(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  of: { customerId: CustomerId; deviceId: DeviceId },
): Promise<boolean> {
  return deps.db.transaction(async (em) => {
    await em.execute('select 1 from subscriptions where customer_id = ? for no key update', [of.customerId])
    const device = await findOwn(em, of)
    if (!device) return false
    await revokeDevices(deps, em, [device.id], deps.clock.now())
    return true
  })
}

export interface DeviceKey {
  readonly device: Pick<DeviceRow, 'id' | 'name' | 'protocol'>
  /** Null while it is being prepared. */
  readonly document: AccessDocument | null
}

/** A device's own configuration file; null when it is not this customer's or is gone. */
export async function getDeviceKey(
  { db, vault }: Pick<ShopDeps, 'db' | 'vault'>,
  of: { customerId: CustomerId; deviceId: DeviceId },
): Promise<DeviceKey | null> {
  const em = db.em()
  const device = await findOwn(em, of)
  if (!device) return null
  const access = await em.findOne(AccessEntity, { deviceId: device.id, removedAt: null })
  if (!access?.credentials) return { device, document: null }
  const { documents } = vault.open<Credentials>(access.credentials, `accesses.credentials:${access.id}`)
  return { device, document: documents[0] ?? null }
}

async function findOwn(
  em: EntityManager,
  { customerId, deviceId }: { customerId: CustomerId; deviceId: DeviceId },
): Promise<DeviceRow | null> {
  const device = await em.findOne(DeviceEntity, { id: deviceId, revokedAt: null })
  if (!device) return null
  const owns = await em.count(SubscriptionEntity, { id: device.subscriptionId, customerId })
  return owns ? device : null
}
