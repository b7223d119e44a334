import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { CustomerId, TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { boundedText } from './bounded-text.ts'
import { getTicketCustomer } from './get-ticket-customer.ts'
import { type PublishNoteResult, publishNote, turnMessage } from './publish-note.ts'
import type { SupportGroupPlace, TicketCustomer, TicketMessageId, TicketRef, TopicKey } from './ticket.ts'

/** Which message was edited: a customer's in the private chat, or an agent's in a topic. */
export interface TicketEdit {
  readonly by: { readonly customerId: CustomerId } | ({ readonly actor: Actor; readonly isNote: boolean } & TopicKey)
  readonly supportGroup: SupportGroupPlace
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

type Row = NonNullable<Awaited<ReturnType<typeof findMessage>>>

/** Stores the new words of a message and tells where its copy stands. */
export function receiveTicketEdit(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  edit: TicketEdit,
): Promise<ReceiveTicketEditResult> {
  return deps.db.transaction(async (em) => {
    if ('actor' in edit.by && !(await hasPermission(deps, edit.by.actor, 'answer_tickets', em)))
      return { kind: 'forbidden' }
    const row = await findMessage(em, edit)
    if (!row) return { kind: 'unknown_message' }
    await em
      .getKysely()
      .updateTable('ticket_messages')
      .set({ text: boundedText(edit.text), kind: edit.kind })
      .where('id', '=', row.id)
      .execute()
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
  await em
    .getKysely()
    .updateTable('ticket_messages')
    .set({ settled_at: now })
    .where('id', '=', row.id)
    .where('settled_at', 'is', null)
    .execute()
  return { kind: row.author === 'note' ? 'nothing' : 'noted' }
}

async function copyOf(em: EntityManager, { by, supportGroup }: TicketEdit, row: Row) {
  const customer = await getTicketCustomer(em, row.customer_id)
  const copies = 'actor' in by ? customer.telegramId : BigInt(supportGroup.groupId)
  const isThere = row.copy_chat_id !== null && BigInt(row.copy_chat_id) === copies
  return {
    id: row.id,
    ticket: { id: row.ticket_id, number: row.number, state: row.state },
    copyMessageId: isThere ? row.copy_message_id : null,
    customer,
  }
}

/** The newest one that stands at this place. */
function findMessage(em: EntityManager, { by, chatId, supportGroup, sourceMessageId }: TicketEdit) {
  const base = em
    .getKysely()
    .selectFrom('tickets as t')
    .innerJoin('ticket_messages as m', 'm.ticket_id', 't.id')
    .select(['m.id', 'm.ticket_id', 't.number', 't.state', 'm.author', 't.customer_id', 'm.copy_chat_id'])
    .select([
      sql<number | null>`case when m.copy_bot_id = ${supportGroup.botId} then m.copy_message_id end`.as(
        'copy_message_id',
      ),
      sql<boolean>`m.settled_at is not null`.as('is_settled'),
      sql<boolean>`m.claimed_at is not null and m.settled_at is null`.as('is_on_its_way'),
    ])
    .where('m.source_id', '=', sourceMessageId)
    .where('m.source_chat_id', '=', String(chatId))
    .orderBy('m.created_at', 'desc')
    .limit(1)
  const query =
    'actor' in by
      ? base
          .innerJoin('ticket_topics as k', 'k.ticket_id', 't.id')
          .where('k.chat_id', '=', String(by.chatId))
          .where('k.topic_id', '=', by.topicId)
          .where('m.author', '<>', 'customer')
      : base
          .where('t.customer_id', '=', by.customerId)
          .where('m.author', '=', 'customer')
          .where('m.source_bot_id', '=', String(supportGroup.botId))
  return query.executeTakeFirst()
}
