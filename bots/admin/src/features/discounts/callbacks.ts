import { defineCallback, idField, wordField } from '@vpn-kiosk/telegram'

export const openDiscounts = defineCallback('discounts', {})
export const askHours = defineCallback('hours-add', {})
/** `hours`: see `hours-word.ts`. */
export const dropHours = defineCallback('hours-drop', { hours: wordField(24) })
export const askWinBack = defineCallback('back-ask', {})
/** Of one customer, from the card. */
export const askDiscount = defineCallback('disc-ask', { customer: idField('customer') })
