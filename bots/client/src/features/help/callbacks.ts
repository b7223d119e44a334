import { defineCallback } from '@vpn-kiosk/telegram'

export const openHelp = defineCallback('help', {})
