import type { TicketRef } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'

/** Under an agent's message that can't arrive. */
export const undeliveredView = (t: Translator, reason: 'away' | 'uncopyable'): View => ({
  text: t(`answer-undelivered-${reason}`),
})

export const answerReopenedView = (t: Translator, ticket: TicketRef): View => ({
  text: t('answer-reopened', { number: String(ticket.number) }),
})
