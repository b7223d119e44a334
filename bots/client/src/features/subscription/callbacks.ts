import { defineCallback } from '@vpn-kiosk/telegram'

export const openSubscription = defineCallback('sub', {})
