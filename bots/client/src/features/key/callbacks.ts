import { systems } from '@vpn-kiosk/domain'
import { choiceField, defineCallback, intField } from '@vpn-kiosk/telegram'

export const openKey = defineCallback('key', {})
export const openLinks = defineCallback('links', { page: intField() })
export const openSystem = defineCallback('os', { system: choiceField(systems) })
