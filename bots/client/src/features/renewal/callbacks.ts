import { renewalSources } from '@vpn-kiosk/domain'
import { choiceField, defineCallback, wordField } from '@vpn-kiosk/telegram'

export const openRenewal = defineCallback('auto', {})
/** `minor`: the price that the screen shows, to which the press agrees. */
export const turnRenewalOn = defineCallback('auto-on', { source: choiceField(renewalSources), minor: wordField(18) })
export const turnRenewalOff = defineCallback('auto-off', {})
