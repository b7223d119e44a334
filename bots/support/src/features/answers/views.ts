import type { Translator, View } from '@vpn-kiosk/telegram'

/** Under an agent's message that can't arrive. */
export const undeliveredView = (t: Translator, reason: 'away' | 'uncopyable'): View => ({
  text: t(`answer-undelivered-${reason}`),
})
