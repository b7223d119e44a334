import { defineCallback } from '@vpn-kiosk/telegram'

export const openDashboard = defineCallback('dash', {})
