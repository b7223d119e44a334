import { TicketEntity, TicketTopicEntity } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { Deps } from './claim-topic.ts'
import type { TopicKey } from './ticket.ts'

/** Links the new topic to its ticket; false when the claim had lapsed and somebody else makes one. */
export function attachTopic(
  { db, clock }: Deps,
  of: TopicKey & { readonly ticketId: TicketId; readonly claim: Date },
): Promise<boolean> {
  const { ticketId, chatId, topicId, claim } = of
  return db.transaction(async (em) => {
    const where = { id: ticketId, topicClaimedAt: claim }
    if ((await em.nativeUpdate(TicketEntity, where, { topicId, topicClaimedAt: null })) === 0) return false
    // Telegram made it just now: whatever else was known under this number is gone.
    await em.nativeDelete(TicketTopicEntity, { chatId: BigInt(chatId), topicId })
    await em.execute(
      `insert into ticket_topics (chat_id, topic_id, ticket_id, created_at) values (?, ?, ?, ?)
       on conflict (ticket_id, chat_id) do update set topic_id = excluded.topic_id, card_message_id = null`,
      [chatId, topicId, ticketId, clock.now()],
    )
    return true
  })
}
