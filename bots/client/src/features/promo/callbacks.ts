import { defineCallback, idField } from '@vpn-kiosk/telegram'

export const askPromo = defineCallback('promo', {})
/** From the summary of a purchase, which is shown again once the code is there. */
export const askPromoFor = defineCallback('promo-for', { plan: idField('plan') })
export const dropPromo = defineCallback('promo-drop', { plan: idField('plan') })
