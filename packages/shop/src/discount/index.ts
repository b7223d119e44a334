import { dropPromo } from './drop-promo.ts'
import { findHeldPromo } from './find-held-promo.ts'

export const discountVerbs = {
  dropPromo,
  findHeldPromo,
}
