import type { EntityManager } from '@vpn-kiosk/db'
import type { CustomerId, TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { boundedText, getTicketCustomer, type TicketCustomer, type TicketMessageId } from './ticket.ts'

/** Which message was edited: a customer's in the private chat, or an agent's in a topic. */
export interface TicketEdit {
  readonly by: { readonly customerId: CustomerId } | { readonly topicId: number }
  readonly sourceMessageId: number
  readonly text: string | null
}

export type ReceiveTicketEditResult =
  /** The copy on the other side is to be changed alike. */
  | {
      readonly kind: 'copied'
      readonly ticketId: TicketId
      readonly copyMessageId: number
      readonly topicId: number | null
      readonly customer: TicketCustomer
    }
  /** Being copied at this moment, before or after the edit: ask again when that is over. */
  | { readonly kind: 'on_its_way'; readonly ticketId: TicketId }
  /** Nothing to do: not copied yet (the copy will hold the new words), a note, or a message that we don't know. */
  | { readonly kind: 'nothing' }

interface Row {
  readonly id: TicketMessageId
  readonly ticket_id: TicketId
  readonly author: string
  readonly copy_message_id: number | null
  readonly is_on_its_way: boolean
  readonly topic_id: number | null
  readonly customer_id: CustomerId
}

/** Stores the new words of a message and tells where its copy stands. */
export async function receiveTicketEdit(
  { db }: Pick<ShopDeps, 'db'>,
  edit: TicketEdit,
): Promise<ReceiveTicketEditResult> {
  const em = db.em()
  const row = await findMessage(em, edit)
  if (!row) return { kind: 'nothing' }
  await em.execute('update ticket_messages set text = ? where id = ?', [boundedText(edit.text), row.id])
  if (row.is_on_its_way) return { kind: 'on_its_way', ticketId: row.ticket_id }
  if (row.author === 'note' || row.copy_message_id === null) return { kind: 'nothing' }
  return {
    kind: 'copied',
    ticketId: row.ticket_id,
    copyMessageId: row.copy_message_id,
    topicId: row.topic_id,
    customer: await getTicketCustomer(em, row.customer_id),
  }
}

async function findMessage(em: EntityManager, { by, sourceMessageId }: TicketEdit): Promise<Row | undefined> {
  const isCustomer = 'customerId' in by
  const [row] = await em.execute<Row[]>(
    `select m.id, m.ticket_id, m.author, m.copy_message_id, t.topic_id, t.customer_id,
       m.claimed_at is not null and m.settled_at is null as is_on_its_way
     from ticket_messages m join tickets t on t.id = m.ticket_id
     where m.source_message_id = ? and ${isCustomer ? `m.author = 'customer' and t.customer_id = ?` : `m.author <> 'customer' and t.topic_id = ?`}
     order by m.created_at desc limit 1`,
    [sourceMessageId, isCustomer ? by.customerId : by.topicId],
  )
  return row
}
