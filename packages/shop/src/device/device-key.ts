import type { DeviceRow } from '@vpn-kiosk/db'
import type { AccessDocument } from '@vpn-kiosk/domain'

export interface DeviceKey {
  readonly device: Pick<DeviceRow, 'id' | 'name' | 'protocol'>
  /** Null while it is being prepared. */
  readonly document: AccessDocument | null
}
