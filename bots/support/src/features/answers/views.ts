import type { Translator, View } from '@vpn-kiosk/telegram'

/** Under an agent's message that can't arrive. */
export const undeliveredView = (t: Translator, reason: 'away' | 'uncopyable'): View => ({
  text: t(`answer-undelivered-${reason}`),
})

/** Under an answer that became a note: whether its copy at the customer is gone. */
export const takenBackView = (t: Translator, isGone: boolean): View => ({
  text: t(isGone ? 'answer-taken-back' : 'answer-not-taken-back'),
})

/** Under a message with a slash that is no known command. */
export const keptInsideView = (t: Translator): View => ({ text: t('answer-kept-inside') })
