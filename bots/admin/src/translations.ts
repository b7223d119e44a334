import { translationsBeside } from '@vpn-kiosk/telegram'

/** All the words of the admin bot. */
export const loadTranslations = translationsBeside(import.meta.url)
