import { defineCallback, intField } from '@vpn-kiosk/telegram'

export const openSubscription = defineCallback('sub', {})
export const openPayments = defineCallback('history', { page: intField() })
