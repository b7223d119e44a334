import { defineCallback, idField, optionalField } from '@vpn-kiosk/telegram'

/** The page after a payment; null = the newest. */
export const openPayments = defineCallback('history2', { olderThan: optionalField(idField('payment')) })
export const openPayment = defineCallback('payment', { payment: idField('payment') })
