import { defineCallback, idField, optionalField } from '@vpn-kiosk/telegram'

/** The page after a payment; null = the newest. */
export const openPayments = defineCallback('pays2', {
  olderThan: optionalField(idField('payment')),
  customer: optionalField(idField('customer')),
})
export const openPayment = defineCallback('pay', { payment: idField('payment') })
export const recheckPayment = defineCallback('pay-check', { payment: idField('payment') })
