import type { OwedMessage, TicketRef } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'

const quotedLength = 3000

/** Once for each ticket: a person took note. */
export const openedView = (t: Translator, ticket: TicketRef): View => ({
  text: t('inbox-opened', { number: String(ticket.number) }),
})

export const reopenedByYouView = (t: Translator, ticket: TicketRef): View => ({
  text: t('inbox-reopened', { number: String(ticket.number) }),
})

/** In place of what Telegram does not let copy. */
export const uncopiedView = (t: Translator, [first]: readonly [OwedMessage, ...OwedMessage[]]): View => ({
  text: t('inbox-uncopied', { kind: first.kind, text: bounded(first.text ?? '—', quotedLength) }),
})

/** New words of a message whose edit Telegram lets nobody carry. */
export const uncopiedEditView = (t: Translator, text: string): View => ({ text: t('inbox-edited', { text }) })
