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
    await em
      .getKysely()
      .selectFrom('subscriptions')
      .select('id')
      .where('customer_id', '=', of.customerId)
      .forNoKeyUpdate()
      .execute()
    const device = await findOwnDevice(em, of)
    if (!device) return false
    await revokeDevices(deps, em, [device.id], deps.clock.now())
    return true
  })
}
