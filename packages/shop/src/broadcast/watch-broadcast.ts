import { runStatement } from '@vpn-kiosk/db'
import type { BroadcastId, Language } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** A message, with the bot and the chat without which its id means nothing. */
export interface BotMessage {
  readonly botId: bigint
  readonly chatId: bigint
  readonly messageId: number
}

/** A message that shows how far a broadcast has come. */
export interface BroadcastWatch extends BotMessage {
  readonly broadcastId: BroadcastId
  readonly language: Language
}

/** From now on the message is kept true until the broadcast is over, also over a restart. */
export async function watchBroadcast(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  { botId, chatId, messageId, broadcastId, language }: BroadcastWatch,
): Promise<void> {
  await runStatement(
    db.em(),
    `insert into broadcast_watches (bot_id, chat_id, message_id, broadcast_id, language, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (bot_id, chat_id, message_id) do update set broadcast_id = excluded.broadcast_id, language = excluded.language`,
    [String(botId), String(chatId), messageId, broadcastId, language, clock.now()],
  )
}

/** The message shows something else, or its broadcast is over. */
export async function unwatchMessage({ db }: Pick<ShopDeps, 'db'>, message: BotMessage): Promise<void> {
  await runStatement(db.em(), 'delete from broadcast_watches where bot_id = $1 and chat_id = $2 and message_id = $3', [
    String(message.botId),
    String(message.chatId),
    message.messageId,
  ])
}
