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

const isBare = `t.topic_id is not null
  and not exists (select 1 from ticket_topics k where k.ticket_id = t.id and k.topic_id = t.topic_id)`

const proof = `left join lateral (
    select copy_message_id, text from ticket_messages m
    where m.ticket_id = t.id and m.author = 'customer' and m.copy_message_id is not null and m.copy_chat_id is null
      and m.text <> ''
    order by m.created_at desc limit 1
  ) m on true`

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

/**
 * Takes customers' messages that a version without places left undelivered for this bot's: those written after that
 * version's last start, if the bot then had the same name. Asked before the bot leaves its name anew.
 */
export async function adoptOwedMessages(
  { db }: Pick<ShopDeps, 'db'>,
  bot: { readonly id: number; readonly username: string },
): Promise<void> {
  await db.em().execute(
    `update ticket_messages m
     set source_id = m.source_message_id, source_chat_id = c.telegram_id, source_bot_id = ?
     from tickets t join customers c on c.id = t.customer_id
     where m.settled_at is null and m.source_id is null and m.author = 'customer' and t.id = m.ticket_id
       and m.created_at >= (select changed_at from settings where key = 'bot:support' and value ->> 'username' = ?)`,
    [bot.id, bot.username],
  )
}
