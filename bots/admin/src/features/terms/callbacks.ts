import { termsDocuments } from '@vpn-kiosk/domain'
import { choiceField, defineCallback, flagField, intField, wordField } from '@vpn-kiosk/telegram'

const of = { document: choiceField(termsDocuments), language: wordField(8) }

export const openTerms = defineCallback('terms', {})
export const askTermsText = defineCallback('terms-ask', of)
export const dropTermsText = defineCallback('terms-drop', of)
export const requireTerms = defineCallback('terms-must', { on: flagField() })
/** `page`: the version that everybody is to agree to. */
export const askTermsAgain = defineCallback('terms-again', { page: intField() })
