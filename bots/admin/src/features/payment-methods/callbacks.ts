import { defineCallback, flagField, intField, wordField } from '@vpn-kiosk/telegram'

export const openMethods = defineCallback('methods', {})
export const openMethod = defineCallback('method', { id: wordField(32) })
/** `place`: where it goes, 0 is the first. Pressed twice, it stays there. */
export const moveMethod = defineCallback('method-to', { id: wordField(32), place: intField() })
export const offerMethod = defineCallback('method-on', { id: wordField(32), on: flagField() })
/** `field`: `percent`, or `title-` and a language. */
export const askMethodField = defineCallback('method-ask', { id: wordField(32), field: wordField() })
