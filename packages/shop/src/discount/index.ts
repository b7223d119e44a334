import { changeDiscountSettings } from './change-discount-settings.ts'
import { countGroupMembers } from './count-group-members.ts'
import { dropPromo } from './drop-promo.ts'
import { findHeldPromo } from './find-held-promo.ts'
import { getDiscountSettings } from './get-discount-settings.ts'
import { putInGroup } from './put-in-group.ts'
import { setPersonalDiscount } from './set-personal-discount.ts'

export const discountVerbs = {
  changeDiscountSettings,
  countGroupMembers,
  dropPromo,
  findHeldPromo,
  getDiscountSettings,
  putInGroup,
  setPersonalDiscount,
}
