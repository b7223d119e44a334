import { translationsBeside } from '@vpn-kiosk/telegram'

/** All the words of the support bot. */
export const loadTranslations = translationsBeside(import.meta.url)
