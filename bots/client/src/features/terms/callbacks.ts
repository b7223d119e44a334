import { termsDocuments } from '@vpn-kiosk/domain'
import { choiceField, defineCallback, intField } from '@vpn-kiosk/telegram'

export const openTerms = defineCallback('terms', {})
export const readTerms = defineCallback('terms-read', { document: choiceField(termsDocuments) })
/** `version`: of the terms on the screen. */
export const agreeToTerms = defineCallback('terms-yes', { version: intField() })
