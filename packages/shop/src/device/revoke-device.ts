import type { CustomerId, DeviceId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { findOwnDevice } from './find-own-device.ts'
import { revokeDevices } from './revoke-devices.ts'

/** Takes a device's key away; its address rests before somebody else gets it. False when it is not theirs or is gone. */
export async function revokeDevice(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  of: { customerId: CustomerId; deviceId: DeviceId },
): Promise<boolean> {
  return deps.db.transaction(async (em) => {
    await em.execute('select 1 from subscriptions where customer_id = ? for no key update', [of.customerId])
    const device = await findOwnDevice(em, of)
    if (!device) return false
    await revokeDevices(deps, em, [device.id], deps.clock.now())
    return true
  })
}
