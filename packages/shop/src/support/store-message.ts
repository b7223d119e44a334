import type { EntityManager, TicketRow } from '@vpn-kiosk/db'
import { type MessageAuthor, newId } from '@vpn-kiosk/domain'
import { boundedName, boundedText, type IncomingMessage } from './ticket.ts'

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
  const inserted = await em.execute<{ id: string }[]>(
    `insert into ticket_messages
       (id, ticket_id, author, author_name, kind, text, source_message_id, album_id, reply_to_id, settled_at, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (ticket_id, author, source_message_id) do nothing returning id`,
    [
      newId('message'),
      ticket.id,
      message.author,
      boundedName(message.authorName),
      message.kind,
      boundedText(message.text),
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
