import type { EntityManager } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { DeskPlace, TicketCustomer, TicketSide } from './ticket.ts'

export interface CounterpartQuery {
  readonly ticketId: TicketId
  /** Whose side `messageId` is counted on. */
  readonly author: TicketSide
  readonly messageId: number | null
  readonly customer: TicketCustomer
  readonly desk: DeskPlace
}

/**
 * The same message as the other side numbers it: a word of one's own stands there as a copy, a word of the other's
 * as its original. Null for what was never mirrored (the card, a note, the greeting), and for what stands in another
 * group or was said to another bot.
 */
export async function findCounterpart(em: EntityManager, query: CounterpartQuery): Promise<number | null> {
  const { ticketId, author, messageId, customer, desk } = query
  if (messageId === null) return null
  const [here, there] =
    author === 'customer' ? [customer.telegramId, desk.groupId] : [desk.groupId, customer.telegramId]
  const [row] = await em.execute<{ id: number | null }[]>(
    `select case when author = ? then copy_message_id else source_id end as id from ticket_messages
     where ticket_id = ? and case author when 'customer' then source_bot_id else copy_bot_id end = ?
       and ((author = ? and source_id = ? and source_chat_id = ? and copy_chat_id = ?)
         or (author = ? and copy_message_id = ? and copy_chat_id = ? and source_chat_id = ?))
     order by created_at desc limit 1`,
    [
      ...[author, ticketId, desk.botId],
      ...[author, messageId, here, there],
      ...[author === 'customer' ? 'agent' : 'customer', messageId, here, there],
    ],
  )
  return row?.id ?? null
}
