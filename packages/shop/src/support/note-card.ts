import type { ShopDeps } from '../deps.ts'
import type { TopicKey } from './ticket.ts'

/** Notes which message is the ticket's card in this topic; the one before it, or null. */
export async function noteCard(
  { db }: Pick<ShopDeps, 'db'>,
  { chatId, topicId }: TopicKey,
  messageId: number,
): Promise<number | null> {
  const [row] = await db.em().execute<{ before: number | null }[]>(
    `update ticket_topics k set card_message_id = ? from ticket_topics old
     where k.chat_id = ? and k.topic_id = ? and old.chat_id = k.chat_id and old.topic_id = k.topic_id
     returning old.card_message_id as before`,
    [messageId, chatId, topicId],
  )
  return row?.before ?? null
}
