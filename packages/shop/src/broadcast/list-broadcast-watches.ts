import type { ShopDeps } from '../deps.ts'
import type { BroadcastWatch } from './watch-broadcast.ts'

/** The messages of this bot that are to be kept true. */
export async function listBroadcastWatches({ db }: Pick<ShopDeps, 'db'>, botId: bigint): Promise<BroadcastWatch[]> {
  const rows = await db
    .getKysely()
    .selectFrom('broadcast_watches')
    .select(['chat_id', 'message_id', 'broadcast_id', 'language'])
    .where('bot_id', '=', String(botId))
    .orderBy('created_at')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    botId,
    chatId: BigInt(row.chat_id),
    messageId: row.message_id,
    broadcastId: row.broadcast_id,
    language: row.language,
  }))
}
