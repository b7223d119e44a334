import { renewalSources } from '@vpn-kiosk/domain'
import { choiceField, defineCallback, idField, wordField } from '@vpn-kiosk/telegram'

export const openRenewal = defineCallback('auto', {})
/** `minor`: the price that the screen shows, to which the press agrees. */
export const turnRenewalOn = defineCallback('auto-on', { source: choiceField(renewalSources), minor: wordField(18) })
export const turnRenewalOff = defineCallback('auto-off', {})
export const removeCard = defineCallback('card-off', { card: idField('card') })
