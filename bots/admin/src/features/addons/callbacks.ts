import { addonKinds } from '@vpn-kiosk/domain'
import { choiceField, defineCallback, flagField, idField } from '@vpn-kiosk/telegram'

export const openAddons = defineCallback('addons', {})
export const openAddon = defineCallback('addon', { addon: idField('addon') })
export const startAddon = defineCallback('addon-new', { kind: choiceField(addonKinds) })
export const askAddonPrice = defineCallback('addon-ask', {
  addon: idField('addon'),
  field: choiceField(['price', 'prices']),
})
export const sellAddon = defineCallback('addon-sell', { addon: idField('addon'), on: flagField() })
