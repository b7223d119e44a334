import { type EntityManager, sql, type TicketRow } from '@vpn-kiosk/db'
import { type MessageAuthor, newId } from '@vpn-kiosk/domain'
import { boundedName, boundedText } from './bounded-text.ts'
import type { IncomingMessage } from './ticket.ts'

export interface MessageToStore extends IncomingMessage {
  readonly author: MessageAuthor
  readonly authorName: string
}

/**
 * Writes a message down, in the caller's transaction; false when it is there already. From then on it is owed to the
 * other side until it is settled; a note is owed to nobody.
 */
export async function storeMessage(
  em: EntityManager,
  ticket: TicketRow,
  message: MessageToStore,
  now: Date,
): Promise<boolean> {
  // Another chat may have used this number in the same ticket: the bare one is then a free negative one.
  const number = sql<number>`${message.sourceMessageId}::int`
  const inserted = await em
    .getKysely()
    .insertInto('ticket_messages')
    .values((eb) => ({
      id: newId('message'),
      ticket_id: ticket.id,
      author: message.author,
      author_name: boundedName(message.authorName),
      kind: message.kind,
      text: boundedText(message.text),
      source_chat_id: BigInt(message.chatId),
      source_bot_id: BigInt(message.botId),
      source_id: message.sourceMessageId,
      source_message_id: eb
        .selectFrom('ticket_messages as o')
        .select(
          sql<number>`case when bool_or(o.source_message_id = ${number})
            then least(min(o.source_message_id), 0) - 1 else ${number} end`.as('number'),
        )
        .where('o.ticket_id', '=', ticket.id)
        .where('o.author', '=', message.author)
        .$asScalar()
        .$notNull(),
      album_id: message.albumId,
      reply_to_id: message.replyToId,
      settled_at: message.author === 'note' ? now : null,
      created_at: now,
    }))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return false
  await em.getKysely().updateTable('tickets').set({ last_message_at: now }).where('id', '=', ticket.id).execute()
  return true
}
