import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import { findOpenTicket } from './find-open-ticket.ts'
import { getTicketCustomer } from './get-ticket-customer.ts'
import { lockTicket } from './lock-ticket.ts'
import { type ReceiveAgentMessageResult, takeUp } from './receive-agent-message.ts'
import type { TicketMessageId } from './ticket.ts'
import { toTicketRef } from './to-ticket-ref.ts'

export type PublishNoteResult = Extract<
  ReceiveAgentMessageResult,
  { kind: 'accepted' | 'superseded' | 'unknown_topic' }
>

/** Makes a note an answer that is owed to the customer, as if it had just been written. */
export async function publishNote(
  em: EntityManager,
  note: { readonly id: TicketMessageId; readonly ticket_id: TicketId },
  now: Date,
): Promise<PublishNoteResult> {
  const ticket = await lockTicket(em, { ticketId: note.ticket_id })
  if (!ticket) return { kind: 'unknown_topic' }
  const open = ticket.state === 'closed' ? await findOpenTicket(em, ticket.customerId) : null
  if (open) return { kind: 'superseded', ticket: toTicketRef(ticket), open: toTicketRef(open) }
  await turnMessage(em, note.id, 'agent')
  await em
    .getKysely()
    .updateTable('ticket_messages')
    .set({ settled_at: null, claimed_at: null, copy_message_id: null, copy_chat_id: null, copy_bot_id: null })
    .set({ created_at: now })
    .where('id', '=', note.id)
    .execute()
  const isReopened = await takeUp(em, ticket)
  const customer = await getTicketCustomer(em, ticket.customerId)
  return { kind: 'accepted', ticket: toTicketRef(ticket), customer, isReopened }
}

/** The bare number of a message may be taken among those of its new kind: then it is a free negative one. */
export async function turnMessage(em: EntityManager, id: TicketMessageId, author: 'agent' | 'note'): Promise<void> {
  await em
    .getKysely()
    .updateTable('ticket_messages as m')
    .set((eb) => ({
      author,
      source_message_id: eb
        .selectFrom('ticket_messages as o')
        .select(
          sql<number>`case when bool_or(o.source_message_id = m.source_message_id)
            then least(min(o.source_message_id), 0) - 1 else m.source_message_id end`.as('number'),
        )
        .whereRef('o.ticket_id', '=', 'm.ticket_id')
        .where('o.author', '=', author),
    }))
    .where('m.id', '=', id)
    .execute()
}
