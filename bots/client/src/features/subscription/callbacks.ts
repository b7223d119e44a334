import { defineCallback, idField, optionalField } from '@vpn-kiosk/telegram'

export const openSubscription = defineCallback('sub', {})
/** The page after a payment; null = the newest. */
export const openPayments = defineCallback('history2', { olderThan: optionalField(idField('payment')) })
