import { defineCallback, flagField, intField, wordField } from '@vpn-kiosk/telegram'

export const openMethods = defineCallback('methods', {})
export const openMethod = defineCallback('method', { provider: wordField() })
/** `place`: where it goes, 0 is the first. Pressed twice, it stays there. */
export const moveMethod = defineCallback('method-to', { provider: wordField(), place: intField() })
export const offerMethod = defineCallback('method-on', { provider: wordField(), on: flagField() })
/** `field`: `percent`, or `title-` and a language. */
export const askMethodField = defineCallback('method-ask', { provider: wordField(), field: wordField() })
