import { paymentStates } from '@vpn-kiosk/domain'
import { choiceField, defineCallback, flagField, idField, optionalField } from '@vpn-kiosk/telegram'

/** The page after a payment; null = the newest. */
export const openPayments = defineCallback('pays2', {
  olderThan: optionalField(idField('payment')),
  customer: optionalField(idField('customer')),
})
/** Everybody's payments in one state. */
export const openPaymentsIn = defineCallback('pays-in', {
  olderThan: optionalField(idField('payment')),
  state: choiceField(paymentStates),
})
/** Those about which a human must decide. */
export const openUndecided = defineCallback('pays-und', { olderThan: optionalField(idField('payment')) })
export const openPayment = defineCallback('pay', { payment: idField('payment') })
export const decidePayment = defineCallback('pay-dec', { payment: idField('payment'), decided: flagField() })
/** What accepting money that did not come as asked would do. */
export const askAcceptance = defineCallback('pay-acc-ask', {
  payment: idField('payment'),
  as: choiceField(['ordered', 'balance']),
})
export const acceptPayment = defineCallback('pay-acc', {
  payment: idField('payment'),
  as: choiceField(['ordered', 'balance']),
})
export const recheckPayment = defineCallback('pay-check', { payment: idField('payment') })
