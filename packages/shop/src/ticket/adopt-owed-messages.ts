import { sql } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'

/**
 * Takes customers' messages that a version without places left undelivered for this bot's: those written after that
 * version's last start, if the bot then had the same name. Asked before the bot leaves its name anew.
 */
export async function adoptOwedMessages(
  { db }: Pick<ShopDeps, 'db'>,
  bot: { readonly id: number; readonly username: string },
): Promise<void> {
  await db
    .getKysely()
    .updateTable('ticket_messages as m')
    .from('tickets as t')
    .innerJoin('customers as c', 'c.id', 't.customer_id')
    .set((eb) => ({
      source_id: eb.ref('m.source_message_id'),
      source_chat_id: sql<bigint>`c.telegram_id`,
      source_bot_id: BigInt(bot.id),
    }))
    .where('m.settled_at', 'is', null)
    .where('m.source_id', 'is', null)
    .where('m.author', '=', 'customer')
    .whereRef('t.id', '=', 'm.ticket_id')
    .where('m.created_at', '>=', (eb) =>
      eb
        .selectFrom('settings')
        .select('changed_at')
        .where('key', '=', 'bot:support')
        .where(sql<boolean>`value ->> 'username' = ${bot.username}`),
    )
    .execute()
}
