import { defineCallback } from '@vpn-kiosk/telegram'

export const openReferral = defineCallback('referral', {})
