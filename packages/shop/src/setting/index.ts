import { changeOffer } from './change-offer.ts'
import { getSettings } from './get-settings.ts'
import { getShop } from './get-shop.ts'
import { getShopLogo } from './get-shop-logo.ts'
import { readOffer } from './read-offer.ts'
import { recallSent } from './recall-sent.ts'
import { rememberSent } from './remember-sent.ts'
import { updateShop } from './update-shop.ts'

export const settingVerbs = {
  changeOffer,
  getSettings,
  getShop,
  getShopLogo,
  readOffer,
  recallSent,
  rememberSent,
  updateShop,
}
