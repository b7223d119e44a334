import type { AddonId, AddonKind } from '@vpn-kiosk/domain'
import type { AddonChange } from '@vpn-kiosk/shop'

export type AddonField = 'price' | 'prices'

/** What is asked about an add-on. */
export type AddonDialog =
  /** `amount`: what was answered first; then the price is asked. `requestId`: answered twice, it makes one. */
  | {
      readonly kind: 'new_addon'
      readonly addonKind: AddonKind
      readonly requestId: string
      readonly amount: number | null
    }
  /** `was` = what the person saw of the field. */
  | {
      readonly kind: 'edit_addon'
      readonly addonId: AddonId
      readonly field: AddonField
      readonly was: AddonChange
    }
