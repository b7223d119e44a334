import { choiceField, defineCallback, idField, requestField, wordField } from '@vpn-kiosk/telegram'

export const openAddons = defineCallback('addons', {})
export const chooseAddon = defineCallback('addon', { addon: idField('addon') })
/** `request` is of the screen that was shown: pressed twice, it buys once. */
export const payAddon = defineCallback('addon-pay', {
  addon: idField('addon'),
  method: wordField(20),
  request: requestField(),
})
/** `price`: what was shown, in minor units. Nobody pays more at one tap. */
export const addonFromBalance = defineCallback('addon-bal', {
  addon: idField('addon'),
  request: requestField(),
  price: wordField(18),
})
/** `minor`: what the balance lacks. */
export const chooseAddonTopUp = defineCallback('addon-add', { minor: wordField(8), addon: idField('addon') })
export const payAddonTopUp = defineCallback('ap', {
  minor: wordField(8),
  addon: idField('addon'),
  method: wordField(20),
  request: requestField(),
})
/** Away from an invoice: its message shows something else from now on. */
export const leaveAddon = defineCallback('addon-leave', {
  addon: idField('addon'),
  to: choiceField(['methods', 'menu']),
})
