import { defineCallback } from '@vpn-kiosk/telegram'

export const openSupport = defineCallback('support', {})
