import { changeDiscountSettings } from './change-discount-settings.ts'
import { dropPromo } from './drop-promo.ts'
import { findHeldPromo } from './find-held-promo.ts'
import { getDiscountSettings } from './get-discount-settings.ts'
import { setPersonalDiscount } from './set-personal-discount.ts'

export const discountVerbs = {
  changeDiscountSettings,
  dropPromo,
  findHeldPromo,
  getDiscountSettings,
  setPersonalDiscount,
}
