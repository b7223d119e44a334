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
  await db
    .getKysely()
    .insertInto('broadcast_watches')
    .values({
      bot_id: botId,
      chat_id: chatId,
      message_id: messageId,
      broadcast_id: broadcastId,
      language,
      created_at: clock.now(),
    })
    .onConflict((conflict) =>
      conflict.columns(['bot_id', 'chat_id', 'message_id']).doUpdateSet((eb) => ({
        broadcast_id: eb.ref('excluded.broadcast_id'),
        language: eb.ref('excluded.language'),
      })),
    )
    .execute()
}
