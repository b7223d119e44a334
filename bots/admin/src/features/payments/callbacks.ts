import { defineCallback, idField, intField, optionalField } from '@vpn-kiosk/telegram'

export const openPayments = defineCallback('pays', { page: intField(), customer: optionalField(idField('customer')) })
export const openPayment = defineCallback('pay', { payment: idField('payment') })
export const recheckPayment = defineCallback('pay-check', { payment: idField('payment') })
