import type { ShopDeps } from '../deps.ts'

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
