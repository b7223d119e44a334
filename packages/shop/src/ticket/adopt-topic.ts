import { sql } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { TopicKey } from './ticket.ts'

/** A ticket whose topic was stored without its group, and a message by which Telegram can tell which group it was. */
export interface BareTopic {
  readonly ticketId: TicketId
  readonly topicId: number
  /** The newest copy of the customer's words in that topic; null when there is none to compare. */
  readonly proof: { readonly messageId: number; readonly text: string } | null
}

/** SQL: the topic of the ticket `t` was stored without its group. */
export const isBare = sql<boolean>`(t.topic_id is not null
  and not exists (select 1 from ticket_topics k where k.ticket_id = t.id and k.topic_id = t.topic_id))`

/** The topic was proven to stand in this group: it is the ticket's from now on. */
export async function adoptTopic(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  { ticketId, chatId, topicId }: TopicKey & { readonly ticketId: TicketId },
): Promise<void> {
  await db
    .getKysely()
    .insertInto('ticket_topics')
    .values({ chat_id: BigInt(chatId), topic_id: topicId, ticket_id: ticketId, created_at: clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
