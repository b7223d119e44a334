import { addDevice } from './add-device.ts'
import { enforceDeviceLimit } from './enforce-device-limit.ts'
import { getDeviceKey } from './get-device-key.ts'
import { keepDevices } from './keep-devices.ts'
import { listDevices } from './list-devices.ts'
import { renameDevice } from './rename-device.ts'
import { revokeDevice } from './revoke-device.ts'

export const deviceVerbs = {
  addDevice,
  enforceDeviceLimit,
  getDeviceKey,
  keepDevices,
  listDevices,
  renameDevice,
  revokeDevice,
}
