import type { EntityManager } from '@vpn-kiosk/db'
import type { CustomerId, TicketId, TicketState } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Forbidden, mayAct } from '../staff/permission.ts'
import {
  boundedText,
  type DeskPlace,
  getTicketCustomer,
  type TicketCustomer,
  type TicketMessageId,
  type TicketRef,
  type TopicKey,
} from './ticket.ts'

/** Which message was edited: a customer's in the private chat, or an agent's in a topic. */
export interface TicketEdit {
  readonly by: { readonly customerId: CustomerId } | ({ readonly actor: Actor } & TopicKey)
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
export async function receiveTicketEdit(
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  edit: TicketEdit,
): Promise<ReceiveTicketEditResult> {
  const em = deps.db.em()
  if ('actor' in edit.by && !(await mayAct(deps, edit.by.actor, 'answer_tickets', em))) return { kind: 'forbidden' }
  const row = await findMessage(em, edit)
  if (!row) return { kind: 'unknown_message' }
  await em.execute('update ticket_messages set text = ?, kind = ? where id = ?', [
    boundedText(edit.text),
    edit.kind,
    row.id,
  ])
  if (row.is_on_its_way) return { kind: 'on_its_way', ticketId: row.ticket_id }
  if (row.author === 'note' || !row.is_settled) return { kind: 'nothing' }
  const customer = await getTicketCustomer(em, row.customer_id)
  const copies = 'actor' in edit.by ? customer.telegramId : BigInt(edit.desk.groupId)
  const isThere = row.copy_chat_id !== null && BigInt(row.copy_chat_id) === copies
  return {
    kind: 'copied',
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
