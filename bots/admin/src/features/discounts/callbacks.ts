import { defineCallback, idField, optionalField, wordField } from '@vpn-kiosk/telegram'

export const openDiscounts = defineCallback('discounts', {})
export const askHours = defineCallback('hours-add', {})
/** `hours`: see `hours-word.ts`. */
export const dropHours = defineCallback('hours-drop', { hours: wordField(24) })
export const askWinBack = defineCallback('back-ask', {})
/** Of one customer, from the card. */
export const askDiscount = defineCallback('disc-ask', { customer: idField('customer') })
export const openGroups = defineCallback('groups', {})
export const openGroup = defineCallback('group', { group: wordField(6) })
/** Asks for a group's name and percentage; null: for a new one's. */
export const askGroup = defineCallback('group-ask', { group: optionalField(wordField(6)) })
/** What removing it does. */
export const askGroupDrop = defineCallback('group-drop', { group: wordField(6) })
export const dropGroup = defineCallback('group-gone', { group: wordField(6) })
/** From a customer's card: into which group. */
export const chooseGroup = defineCallback('group-of', { customer: idField('customer') })
export const putInGroup = defineCallback('group-put', {
  customer: idField('customer'),
  group: optionalField(wordField(6)),
})
