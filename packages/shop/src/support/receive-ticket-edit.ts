import type { EntityManager } from '@vpn-kiosk/db'
import type { CustomerId, TicketId, TicketState } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Forbidden, mayAct } from '../staff/may-act.ts'
import { boundedText } from './bounded-text.ts'
import { getTicketCustomer } from './get-ticket-customer.ts'
import { type PublishNoteResult, publishNote, turnMessage } from './publish-note.ts'
import type { DeskPlace, TicketCustomer, TicketMessageId, TicketRef, TopicKey } from './ticket.ts'

/** Which message was edited: a customer's in the private chat, or an agent's in a topic. */
export interface TicketEdit {
  readonly by: { readonly customerId: CustomerId } | ({ readonly actor: Actor; readonly isNote: boolean } & TopicKey)
  readonly desk: DeskPlace
  /** The chat where it was written. */
  readonly chatId: number
  readonly sourceMessageId: number
  readonly kind: string
  readonly text: string | null
}

export type ReceiveTicketEditResult =
  /** To be changed on the other side: `copyMessageId` is the copy there, null when no copy can be changed. */
  | {
      readonly kind: 'copied'
      readonly id: TicketMessageId
      readonly ticket: TicketRef
      readonly copyMessageId: number | null
      readonly customer: TicketCustomer
    }
  /** Being copied at this moment, before or after the edit: ask again when that is over. */
  | { readonly kind: 'on_its_way'; readonly ticketId: TicketId }
  /** An answer that is a note from now on: its copy at the customer is to be deleted. */
  | {
      readonly kind: 'taken_back'
      readonly id: TicketMessageId
      readonly ticket: TicketRef
      readonly copyMessageId: number | null
      readonly customer: TicketCustomer
    }
  /** The same before it was carried: nobody outside has seen it. */
  | { readonly kind: 'noted' }
  /** A note that is an answer from now on. */
  | PublishNoteResult
  /** Nothing to do: not copied yet (the copy will hold the new words), or a note. */
  | { readonly kind: 'nothing' }
  /** A message that we don't know: it is to be taken for a new one. */
  | { readonly kind: 'unknown_message' }
  | Forbidden

interface Row {
  readonly id: TicketMessageId
  readonly ticket_id: TicketId
  readonly number: number
  readonly state: TicketState
  readonly author: string
  readonly copy_message_id: number | null
  readonly copy_chat_id: string | null
  readonly is_settled: boolean
  readonly is_on_its_way: boolean
  readonly customer_id: CustomerId
}

/** Stores the new words of a message and tells where its copy stands. */
export function receiveTicketEdit(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  edit: TicketEdit,
): Promise<ReceiveTicketEditResult> {
  return deps.db.transaction(async (em) => {
    if ('actor' in edit.by && !(await mayAct(deps, edit.by.actor, 'answer_tickets', em))) return { kind: 'forbidden' }
    const row = await findMessage(em, edit)
    if (!row) return { kind: 'unknown_message' }
    await em.execute('update ticket_messages set text = ?, kind = ? where id = ?', [
      boundedText(edit.text),
      edit.kind,
      row.id,
    ])
    if ('actor' in edit.by && edit.by.isNote) return keepInside(em, edit, row, deps.clock.now())
    if (row.is_on_its_way) return { kind: 'on_its_way', ticketId: row.ticket_id }
    // A picture without words of its own follows those of its album.
    if (row.author === 'note') return edit.text === null ? { kind: 'nothing' } : publishNote(em, row, deps.clock.now())
    return row.is_settled ? { kind: 'copied', ...(await copyOf(em, edit, row)) } : { kind: 'nothing' }
  })
}

/** From now on nobody carries it; what was carried is to be taken back. */
async function keepInside(em: EntityManager, edit: TicketEdit, row: Row, now: Date): Promise<ReceiveTicketEditResult> {
  if (row.author !== 'note') await turnMessage(em, row.id, 'note')
  if (row.is_on_its_way) return { kind: 'on_its_way', ticketId: row.ticket_id }
  if (row.copy_chat_id !== null) return { kind: 'taken_back', ...(await copyOf(em, edit, row)) }
  await em.execute('update ticket_messages set settled_at = coalesce(settled_at, ?) where id = ?', [now, row.id])
  return { kind: row.author === 'note' ? 'nothing' : 'noted' }
}

async function copyOf(em: EntityManager, { by, desk }: TicketEdit, row: Row) {
  const customer = await getTicketCustomer(em, row.customer_id)
  const copies = 'actor' in by ? customer.telegramId : BigInt(desk.groupId)
  const isThere = row.copy_chat_id !== null && BigInt(row.copy_chat_id) === copies
  return {
    id: row.id,
    ticket: { id: row.ticket_id, number: row.number, state: row.state },
    copyMessageId: isThere ? row.copy_message_id : null,
    customer,
  }
}

const columns = `m.id, m.ticket_id, t.number, t.state, m.author, t.customer_id, m.settled_at is not null as is_settled,
  case when m.copy_bot_id = ? then m.copy_message_id end as copy_message_id, m.copy_chat_id,
  m.claimed_at is not null and m.settled_at is null as is_on_its_way`

async function findMessage(em: EntityManager, edit: TicketEdit): Promise<Row | undefined> {
  const { by, chatId, desk, sourceMessageId } = edit
  const [row] =
    'actor' in by
      ? await em.execute<Row[]>(
          `select ${columns} from ticket_topics k join tickets t on t.id = k.ticket_id
             join ticket_messages m on m.ticket_id = t.id
           where k.chat_id = ? and k.topic_id = ? and m.author <> 'customer'
             and m.source_id = ? and m.source_chat_id = ?
           order by m.created_at desc limit 1`,
          [desk.botId, by.chatId, by.topicId, sourceMessageId, chatId],
        )
      : await em.execute<Row[]>(
          `select ${columns} from tickets t join ticket_messages m on m.ticket_id = t.id
           where t.customer_id = ? and m.author = 'customer'
             and m.source_id = ? and m.source_chat_id = ? and m.source_bot_id = ?
           order by m.created_at desc limit 1`,
          [desk.botId, by.customerId, sourceMessageId, chatId, desk.botId],
        )
  return row
}
