import { createPromo } from './create-promo.ts'
import { listPromos } from './list-promos.ts'
import { redeemPromo } from './redeem-promo.ts'
import { stopPromo } from './stop-promo.ts'

export const promoVerbs = {
  createPromo,
  listPromos,
  redeemPromo,
  stopPromo,
}
