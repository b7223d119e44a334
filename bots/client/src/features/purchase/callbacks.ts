import { defineCallback, idField, wordField } from '@vpn-kiosk/telegram'

export const openPlans = defineCallback('plans', {})
export const choosePlan = defineCallback('plan', { plan: idField('plan') })
export const choosePayment = defineCallback('pay', { plan: idField('plan'), provider: wordField(24) })
export const checkPayment = defineCallback('check', { payment: idField('payment') })
