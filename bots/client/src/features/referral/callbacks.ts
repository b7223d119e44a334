import { defineCallback } from '@vpn-kiosk/telegram'

export const openReferral = defineCallback('referral', {})
/** A picture with the link's code. */
export const drawCard = defineCallback('referral-card', {})
