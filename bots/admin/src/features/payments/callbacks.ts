import { paymentPeriods, paymentStates } from '@vpn-kiosk/domain'
import { choiceField, defineCallback, flagField, idField, optionalField, wordField } from '@vpn-kiosk/telegram'

/** The page after a payment; null = the newest. */
export const openPayments = defineCallback('pays2', {
  olderThan: optionalField(idField('payment')),
  customer: optionalField(idField('customer')),
})
/** Everybody's payments of some kind: null = of any. */
export const openPaymentsBy = defineCallback('pays-by', {
  olderThan: optionalField(idField('payment')),
  state: optionalField(choiceField(paymentStates)),
  provider: optionalField(wordField(12)),
  period: optionalField(choiceField(paymentPeriods)),
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
/** What giving the money up would do. */
export const askWriteOff = defineCallback('pay-off-ask', { payment: idField('payment') })
export const writeOff = defineCallback('pay-off', { payment: idField('payment') })
export const undoWriteOff = defineCallback('pay-off-un', { payment: idField('payment') })
export const recheckPayment = defineCallback('pay-check', { payment: idField('payment') })
