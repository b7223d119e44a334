import type { ShopDeps } from '../deps.ts'
import type { BotMessage } from './watch-broadcast.ts'

/** The message shows no broadcast any more: it shows something else, or its broadcast is over. */
export async function unwatchMessage({ db }: Pick<ShopDeps, 'db'>, message: BotMessage): Promise<void> {
  await db
    .getKysely()
    .deleteFrom('broadcast_watches')
    .where('bot_id', '=', String(message.botId))
    .where('chat_id', '=', String(message.chatId))
    .where('message_id', '=', message.messageId)
    .execute()
}
