import { choiceField, defineCallback, idField, optionalField, requestField, wordField } from '@vpn-kiosk/telegram'

export const openBalance = defineCallback('bal', {})
/** `minor`: in minor units of the price list's currency. `plan`: what is bought as soon as the money is there. */
export const chooseTopUp = defineCallback('tu', { minor: wordField(8), plan: optionalField(idField('plan')) })
/** `request` is of the screen that was shown: pressed twice, it opens one invoice. */
export const payTopUp = defineCallback('tp', {
  minor: wordField(8),
  plan: optionalField(idField('plan')),
  method: wordField(20),
  request: requestField(),
})
/** The same of what is missing for a gift. */
export const chooseGiftTopUp = defineCallback('tug', { minor: wordField(8), plan: idField('plan') })
export const payGiftTopUp = defineCallback('tpg', {
  minor: wordField(8),
  plan: idField('plan'),
  method: wordField(20),
  request: requestField(),
})
/** Away from an invoice: its message shows something else from now on. */
export const leaveTopUp = defineCallback('tu-leave', { to: choiceField(['balance', 'menu']) })
/** `price`: what was shown, in minor units. Nobody pays more at one tap. */
export const buyFromBalance = defineCallback('bal-pay', {
  plan: idField('plan'),
  request: requestField(),
  price: wordField(18),
})
