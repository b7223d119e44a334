import { defineEntity } from '@mikro-orm/core'
import type { Id } from '@vpn-kiosk/domain'
import { at, id, int, text } from './columns.ts'

/** Codes that make a purchase cheaper or longer; filled by a later feature, referenced by orders already. */
export const PromoCodeEntity = defineEntity({
  name: 'PromoCode',
  tableName: 'promo_codes',
  properties: {
    id: id<Id<'promo'>>().primary(),
    code: text().unique(),
    discountPercent: int().strictNullable(),
    bonusDays: int().strictNullable(),
    useLimit: int().strictNullable(),
    validUntil: at().strictNullable(),
    createdAt: at(),
  },
})
