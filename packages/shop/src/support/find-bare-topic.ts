import type { TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type BareTopic, isBare, proof } from './adopt-topic.ts'
import type { TopicKey } from './ticket.ts'

/**
 * The ticket that a topic of this number may belong to, stored before groups were kept: whether it was this group is to
 * be proven. Null when there is none, or when the topic is known already.
 */
export async function findBareTopic(
  { db }: Pick<ShopDeps, 'db'>,
  by: TopicKey | { readonly ticketId: TicketId },
): Promise<BareTopic | null> {
  const [where, values] =
    'ticketId' in by
      ? ['t.id = ?', [by.ticketId]]
      : [
          't.topic_id = ? and not exists (select 1 from ticket_topics k where k.chat_id = ? and k.topic_id = t.topic_id)',
          [by.topicId, by.chatId],
        ]
  const [row] = await db
    .em()
    .execute<{ id: TicketId; topic_id: number; copy_message_id: number | null; text: string | null }[]>(
      `select t.id, t.topic_id, m.copy_message_id, m.text from tickets t ${proof}
       where ${where} and ${isBare} order by t.created_at desc limit 1`,
      values,
    )
  if (!row) return null
  const { copy_message_id: messageId, text } = row
  return {
    ticketId: row.id,
    topicId: row.topic_id,
    proof: messageId !== null && text !== null ? { messageId, text } : null,
  }
}
