import { defineCallback } from '@vpn-kiosk/telegram'

export const takeTrial = defineCallback('trial', {})
