import { defineCallback } from '@vpn-kiosk/telegram'

export const homeButton = defineCallback('home', {})
export const ticketsButton = defineCallback('tickets', {})
