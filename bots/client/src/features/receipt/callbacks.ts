import { defineCallback } from '@vpn-kiosk/telegram'

export const openReceipts = defineCallback('rcpt', {})
export const forgetEmail = defineCallback('rcpt-del', {})
