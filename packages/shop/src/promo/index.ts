import { createPromo } from './create-promo.ts'
import { createPromos } from './create-promos.ts'
import { exportPromoBatch } from './export-promo-batch.ts'
import { listPromoBatches } from './list-promo-batches.ts'
import { listPromos } from './list-promos.ts'
import { redeemPromo } from './redeem-promo.ts'
import { stopPromo } from './stop-promo.ts'
import { stopPromoBatch } from './stop-promo-batch.ts'

export const promoVerbs = {
  createPromo,
  createPromos,
  exportPromoBatch,
  listPromoBatches,
  listPromos,
  redeemPromo,
  stopPromo,
  stopPromoBatch,
}
