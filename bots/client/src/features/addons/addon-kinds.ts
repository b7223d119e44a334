import type { AddonKind } from '@vpn-kiosk/domain'
import type { AddonList } from '@vpn-kiosk/shop'

/** What a customer may add now, for the words of the button that leads there; null where that is nothing. */
export function addonKindsOf(found: AddonList | null): 'both' | AddonKind | null {
  const kinds = new Set(found?.addons.map(({ kind }) => kind))
  return kinds.size > 1 ? 'both' : ([...kinds][0] ?? null)
}
