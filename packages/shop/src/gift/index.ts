import { activateGift } from './activate-gift.ts'
import { findGift } from './find-gift.ts'
import { getGift } from './get-gift.ts'
import { listGifts } from './list-gifts.ts'
import { remindGifts } from './remind-gifts.ts'
import { returnGifts } from './return-gifts.ts'

export const giftVerbs = {
  activateGift,
  findGift,
  getGift,
  listGifts,
  remindGifts,
  returnGifts,
}
