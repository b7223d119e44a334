import { type EntityManager, runStatement, type TicketRow } from '@vpn-kiosk/db'
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
  const inserted = await runStatement<{ id: string }>(
    em,
    `insert into ticket_messages
       (id, ticket_id, author, author_name, kind, text, source_chat_id, source_bot_id, source_id, source_message_id,
        album_id, reply_to_id, settled_at, created_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9::int,
       case when bool_or(source_message_id = $9::int) then least(min(source_message_id), 0) - 1 else $9::int end,
       $10, $11, $12, $13
     from ticket_messages where ticket_id = $2 and author = $3
     on conflict do nothing returning id`,
    [
      newId('message'),
      ticket.id,
      message.author,
      boundedName(message.authorName),
      message.kind,
      boundedText(message.text),
      message.chatId,
      message.botId,
      message.sourceMessageId,
      message.albumId,
      message.replyToId,
      message.author === 'note' ? now : null,
      now,
    ],
  )
  if (inserted.length === 0) return false
  await em.execute('update tickets set last_message_at = ? where id = ?', [now, ticket.id])
  return true
}
