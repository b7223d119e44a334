import type { DriverId, DriverKind } from '@vpn-kiosk/domain'
import { createWireguardKind } from './wireguard/kind.ts'
import { createXuiKind } from './xui/kind.ts'

/** Every kind of endpoint that a server can have; a new driver is one line here. */
export const driverKinds: ReadonlyMap<DriverId, DriverKind> = new Map(
  [createXuiKind(), createWireguardKind()].map((kind) => [kind.id, kind]),
)
