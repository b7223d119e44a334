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

export const isBare = `t.topic_id is not null
  and not exists (select 1 from ticket_topics k where k.ticket_id = t.id and k.topic_id = t.topic_id)`

export const proof = `left join lateral (
    select copy_message_id, text from ticket_messages m
    where m.ticket_id = t.id and m.author = 'customer' and m.copy_message_id is not null and m.copy_chat_id is null
      and m.text <> ''
    order by m.created_at desc limit 1
  ) m on true`

/** The topic was proven to stand in this group: it is the ticket's from now on. */
export async function adoptTopic(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  { ticketId, chatId, topicId }: TopicKey & { readonly ticketId: TicketId },
): Promise<void> {
  await db
    .em()
    .execute(
      `insert into ticket_topics (chat_id, topic_id, ticket_id, created_at) values (?, ?, ?, ?) on conflict do nothing`,
      [chatId, topicId, ticketId, clock.now()],
    )
}
