import { type EntityManager, SettingEntity } from '@vpn-kiosk/db'
import type { DiscountGroup, HappyHours } from '@vpn-kiosk/domain'
import type { SettingKey } from '../setting/remember.ts'

/** What the shop takes off by itself. */
export interface DiscountSettings {
  readonly happyHours: readonly HappyHours[]
  readonly groups: readonly DiscountGroup[]
  /** For whoever lets a subscription end, with the reminders of it; `percent` 0 = nothing. */
  readonly winBack: { readonly percent: number; readonly days: number }
}

export const discountsKey = 'discounts' satisfies SettingKey

const none: DiscountSettings = { happyHours: [], groups: [], winBack: { percent: 0, days: 3 } }

export async function readDiscountSettings(em: EntityManager): Promise<DiscountSettings> {
  const row = await em.findOne(SettingEntity, { key: discountsKey })
  return { ...none, ...(row?.value as Partial<DiscountSettings> | undefined) }
}
