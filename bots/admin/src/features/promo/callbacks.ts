import { defineCallback, wordField } from '@vpn-kiosk/telegram'

export const openPromos = defineCallback('promos', {})
export const stopPromo = defineCallback('promo-stop', { code: wordField(32) })
