import { defineCallback } from '@vpn-kiosk/telegram'

export const askPromo = defineCallback('promo', {})
