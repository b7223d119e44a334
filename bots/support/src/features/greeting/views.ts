import type { TicketLine } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { homeButton, ticketsButton } from './callbacks.ts'

export interface Greeting {
  readonly firstName: string
  readonly tickets: readonly TicketLine[]
  /** The client bot's user name, when it is known. */
  readonly shop: string | null
}

const nameLength = 64
const subjectLength = 60

export function greetingView(t: Translator, { firstName, tickets, shop }: Greeting): View {
  const open = tickets.find(({ state }) => state !== 'closed')
  const lines = [
    t('greeting', { name: bounded(firstName, nameLength) }),
    ...(open ? [t('greeting-open', { number: String(open.number) })] : []),
  ]
  return {
    text: lines.join('\n\n'),
    keyboard: [
      ...(tickets.length > 0 ? [[ticketsButton.button(t.plain('greeting-tickets'), {})]] : []),
      ...(shop ? [[{ text: t.plain('greeting-shop'), url: `https://t.me/${shop}` }]] : []),
    ],
  }
}

export function ticketsView(t: Translator, tickets: readonly TicketLine[]): View {
  const lines = tickets.map((ticket) =>
    t('tickets-line', {
      number: String(ticket.number),
      state: ticket.state,
      at: t.date(ticket.createdAt),
      subject: bounded(ticket.subject.replace(/\s+/g, ' '), subjectLength),
    }),
  )
  return {
    text: [t('tickets-title'), ...(lines.length > 0 ? lines : [t('tickets-none')]), t('tickets-hint')].join('\n\n'),
    keyboard: [[homeButton.button(t.plain('tickets-back'), {})]],
  }
}
