import { choiceField, defineCallback, flagField, idField, requestField, wordField } from '@vpn-kiosk/telegram'

export const openPlans = defineCallback('plans', {})
export const choosePlan = defineCallback('plan', { plan: idField('plan') })
/** From a notification: the same plan again, without the list. */
export const renewPlan = defineCallback('renew', { plan: idField('plan') })
/** `request` is of the screen that was shown: pressed twice, it buys once. */
export const buyPlan = defineCallback('buy', {
  plan: idField('plan'),
  method: wordField(24),
  request: requestField(),
})
/** On an invoice: what is paid with is to be kept for auto-renewal, or not. */
export const saveCard = defineCallback('save', {
  plan: idField('plan'),
  method: wordField(24),
  request: requestField(),
  on: flagField(),
})
export const checkPayment = defineCallback('check', { payment: idField('payment') })
/** Away from an invoice: its message shows something else from now on. */
export const leaveInvoice = defineCallback('leave', {
  plan: idField('plan'),
  to: choiceField(['methods', 'menu', 'plans']),
})
