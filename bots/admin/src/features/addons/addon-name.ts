import { type AddonSize, addedBy } from '@vpn-kiosk/domain'
import type { Translator } from '@vpn-kiosk/telegram'

/** “+2 devices”, “+50 GB”. */
export const addonName = (t: Translator, size: AddonSize): string =>
  t.plain('addon-name', { kind: size.kind, count: size.amount, traffic: t.bytes(addedBy(size).trafficBytes) })
