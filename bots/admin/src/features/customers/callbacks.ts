import { customerLists } from '@vpn-kiosk/shop'
import { choiceField, defineCallback, idField, intField, wordField } from '@vpn-kiosk/telegram'

export const askCustomer = defineCallback('find', {})
/** The next page of what was searched for; the words themselves stay in the dialog. */
export const moreFound = defineCallback('find-more', { at: intField(), customer: idField('customer') })
export const openPeople = defineCallback('people', { list: choiceField(customerLists) })
export const morePeople = defineCallback('people-more', {
  list: choiceField(customerLists),
  at: intField(),
  customer: idField('customer'),
})
export const openCustomer = defineCallback('cust', { customer: idField('customer') })
/** `request` is new with each card that is shown, so that a double tap is one extension. */
export const extendCustomer = defineCallback('ext', {
  customer: idField('customer'),
  days: intField(),
  request: wordField(12),
})
export const takeBack = defineCallback('ext-undo', { customer: idField('customer'), request: wordField(12) })
export const askExtension = defineCallback('ext-ask', { customer: idField('customer') })
export const askBan = defineCallback('ban-ask', { customer: idField('customer') })
export const banCustomer = defineCallback('ban', { customer: idField('customer') })
export const unfreezeCustomer = defineCallback('unfreeze', { customer: idField('customer') })
export const unbanCustomer = defineCallback('unban', { customer: idField('customer') })
export const resetTrial = defineCallback('trial', { customer: idField('customer') })

/** A button that goes on with what was begun: the others leave it. */
export const isSearchButton = (data: string | undefined): boolean => moreFound.parse(data) !== null
