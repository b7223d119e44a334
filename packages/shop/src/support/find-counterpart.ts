import type { EntityManager } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { TicketSide } from './claim-messages.ts'

/**
 * The same message as the other side numbers it: a word of one's own stands there as a copy, a word of the other's
 * as its original. Null for what was never mirrored (the card, a note, the greeting).
 */
export async function findCounterpart(
  em: EntityManager,
  ticketId: TicketId,
  side: TicketSide,
  messageId: number | null,
): Promise<number | null> {
  if (messageId === null) return null
  const [row] = await em.execute<{ id: number | null }[]>(
    `select case when author = ? then copy_message_id else source_message_id end as id from ticket_messages
     where ticket_id = ? and ((author = ? and source_message_id = ?) or (author = ? and copy_message_id = ?)) limit 1`,
    [side, ticketId, side, messageId, side === 'customer' ? 'agent' : 'customer', messageId],
  )
  return row?.id ?? null
}
