import { defineCallback, idField, optionalField } from '@vpn-kiosk/telegram'

/** The page after a payment; null = the newest. */
export const openPayments = defineCallback('history2', { olderThan: optionalField(idField('payment')) })
/** The same by the same way to pay, where that is offered. */
export const buyAgain = defineCallback('again', { payment: idField('payment') })
export const openPayment = defineCallback('payment', { payment: idField('payment') })
