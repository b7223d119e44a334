import { defineCallback, flagField, idField, wordField } from '@vpn-kiosk/telegram'

export const openRefund = defineCallback('rfd-open', { payment: idField('payment') })
export const askRefundAmount = defineCallback('rfd-ask', { payment: idField('payment') })
/**
 * `minor`: the amount that was shown, in minor units. `request` is new with each screen, so that a double tap is one
 * refund. `hand`: the money was given back otherwise.
 */
export const sendRefund = defineCallback('rfd', {
  payment: idField('payment'),
  request: wordField(12),
  minor: wordField(19),
  hand: flagField(),
})
