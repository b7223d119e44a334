import { choiceField, defineCallback, idField, optionalField, requestField, wordField } from '@vpn-kiosk/telegram'

/** What may be given. */
export const openGifts = defineCallback('gifts', {})
export const chooseGift = defineCallback('gplan', { plan: idField('plan') })
/** `request` is of the screen that was shown: pressed twice, it buys once. */
export const buyGift = defineCallback('gbuy', { plan: idField('plan'), method: wordField(24), request: requestField() })
/** `price`: what was shown, in minor units. */
export const giftFromBalance = defineCallback('gbal', {
  plan: idField('plan'),
  request: requestField(),
  price: wordField(12),
})
/** Away from an invoice: its message shows something else from now on. */
export const leaveGift = defineCallback('gleave', {
  plan: idField('plan'),
  to: choiceField(['methods', 'menu', 'plans']),
})
/** What the customer gave; the page after a gift, null = the newest. */
export const listGifts = defineCallback('glist', { olderThan: optionalField(idField('gift')) })
export const showGift = defineCallback('gshow', { gift: idField('gift') })
/** Asks whether the giver takes it for oneself. */
export const keepGift = defineCallback('gkeep', { gift: idField('gift') })
/** By the code, which nobody guesses: a button can be made up. */
export const activateGift = defineCallback('gact', { code: wordField(26) })
