import type { ShopDeps } from '../deps.ts'
import type { TopicKey } from './ticket.ts'

/** Notes which message is the ticket's card in this topic; the one before it, or null. */
export async function noteCard(
  { db }: Pick<ShopDeps, 'db'>,
  { chatId, topicId }: TopicKey,
  messageId: number,
): Promise<number | null> {
  const row = await db
    .getKysely()
    .updateTable('ticket_topics as k')
    .from('ticket_topics as old')
    .set({ card_message_id: messageId })
    .where('k.chat_id', '=', String(chatId))
    .where('k.topic_id', '=', topicId)
    .whereRef('old.chat_id', '=', 'k.chat_id')
    .whereRef('old.topic_id', '=', 'k.topic_id')
    .returning('old.card_message_id as before')
    .executeTakeFirst()
  return row?.before ?? null
}
