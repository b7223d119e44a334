import { sql } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type BareTopic, isBare } from './adopt-topic.ts'
import type { TopicKey } from './ticket.ts'

/**
 * The ticket that a topic of this number may belong to, stored before groups were kept: whether it was this group is to
 * be proven. Null when there is none, or when the topic is known already.
 */
export async function findBareTopic(
  { db }: Pick<ShopDeps, 'db'>,
  by: TopicKey | { readonly ticketId: TicketId },
): Promise<BareTopic | null> {
  const base = db
    .getKysely()
    .selectFrom('tickets as t')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('ticket_messages as m')
          .select(['m.copy_message_id', 'm.text'])
          .whereRef('m.ticket_id', '=', 't.id')
          .where('m.author', '=', 'customer')
          .where('m.copy_message_id', 'is not', null)
          .where('m.copy_chat_id', 'is', null)
          .where('m.text', '<>', '')
          .orderBy('m.created_at', 'desc')
          .limit(1)
          .as('proof'),
      (join) => join.onTrue(),
    )
    .select(['t.id', 't.topic_id', 'proof.copy_message_id', 'proof.text'])
    .$narrowType<{ topic_id: number }>()
    .where(isBare)
    .orderBy('t.created_at', 'desc')
    .limit(1)
  const query =
    'ticketId' in by
      ? base.where('t.id', '=', by.ticketId)
      : base.where('t.topic_id', '=', by.topicId).where(
          sql<boolean>`not exists (
              select 1 from ticket_topics k where k.chat_id = ${by.chatId} and k.topic_id = t.topic_id)`,
        )
  const row = await query.executeTakeFirst()
  if (!row) return null
  const { copy_message_id: messageId, text } = row
  return {
    ticketId: row.id,
    topicId: row.topic_id,
    proof: messageId !== null && text !== null ? { messageId, text } : null,
  }
}
