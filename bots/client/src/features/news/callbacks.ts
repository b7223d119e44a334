import { defineCallback, flagField } from '@vpn-kiosk/telegram'

/** Under each broadcast. */
export const switchNews = defineCallback('news', { on: flagField() })
