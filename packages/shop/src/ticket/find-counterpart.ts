import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { SupportGroupPlace, TicketCustomer, TicketSide } from './ticket.ts'

export interface CounterpartQuery {
  readonly ticketId: TicketId
  /** Whose side `messageId` is counted on. */
  readonly author: TicketSide
  readonly messageId: number | null
  readonly customer: TicketCustomer
  readonly supportGroup: SupportGroupPlace
}

/**
 * The same message as the other side numbers it: a word of one's own stands there as a copy, a word of the other's
 * as its original. Null for what was never mirrored (the card, a note, the greeting), and for what stands in another
 * group or was said to another bot.
 */
export async function findCounterpart(em: EntityManager, query: CounterpartQuery): Promise<number | null> {
  const { ticketId, author, messageId, customer, supportGroup } = query
  if (messageId === null) return null
  const isCustomers = author === 'customer'
  const [own, others] = [String(customer.telegramId), String(supportGroup.groupId)]
  const [here, there] = isCustomers ? [own, others] : [others, own]
  const row = await em
    .getKysely()
    .selectFrom('ticket_messages')
    .select(sql<number | null>`case when author = ${author} then copy_message_id else source_id end`.as('id'))
    .where('ticket_id', '=', ticketId)
    .where(sql<boolean>`case author when 'customer' then source_bot_id else copy_bot_id end = ${supportGroup.botId}`)
    .where((eb) =>
      eb.or([
        eb.and([
          eb('author', '=', author),
          eb('source_id', '=', messageId),
          eb('source_chat_id', '=', here),
          eb('copy_chat_id', '=', there),
        ]),
        eb.and([
          eb('author', '=', isCustomers ? 'agent' : 'customer'),
          eb('copy_message_id', '=', messageId),
          eb('copy_chat_id', '=', here),
          eb('source_chat_id', '=', there),
        ]),
      ]),
    )
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
