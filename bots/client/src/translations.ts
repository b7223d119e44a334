import { translationsBeside } from '@vpn-kiosk/telegram'

/** All the words of the client bot. */
export const loadTranslations = translationsBeside(import.meta.url)
