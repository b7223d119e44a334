import { defineCallback, idField, intField, wordField } from '@vpn-kiosk/telegram'

export const askCustomer = defineCallback('find', {})
export const openCustomer = defineCallback('cust', { customer: idField('customer') })
/** `request` is new with each card that is shown, so that a double tap is one extension. */
export const extendCustomer = defineCallback('ext', {
  customer: idField('customer'),
  days: intField(),
  request: wordField(12),
})
export const askExtension = defineCallback('ext-ask', { customer: idField('customer') })
export const askBan = defineCallback('ban-ask', { customer: idField('customer') })
export const banCustomer = defineCallback('ban', { customer: idField('customer') })
export const unbanCustomer = defineCallback('unban', { customer: idField('customer') })
export const resetTrial = defineCallback('trial', { customer: idField('customer') })
