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
    await em
      .getKysely()
      .insertInto('ticket_topics')
      .values({ chat_id: BigInt(chatId), topic_id: topicId, ticket_id: ticketId, created_at: clock.now() })
      .onConflict((conflict) =>
        conflict.columns(['ticket_id', 'chat_id']).doUpdateSet({ topic_id: topicId, card_message_id: null }),
      )
      .execute()
    return true
  })
}
