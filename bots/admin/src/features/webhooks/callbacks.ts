import { defineCallback, idField, optionalField } from '@vpn-kiosk/telegram'

/** Of a payment; null = those that fit none. */
export const openWebhooks = defineCallback('hooks', { payment: optionalField(idField('payment')) })
export const openWebhook = defineCallback('hook', { webhook: idField('webhook') })
export const replayWebhook = defineCallback('hook-again', { webhook: idField('webhook') })
export const closeWebhook = defineCallback('hook-close', { webhook: idField('webhook') })
