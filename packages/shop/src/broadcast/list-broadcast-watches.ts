import { runStatement } from '@vpn-kiosk/db'
import type { BroadcastId, Language } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { BroadcastWatch } from './watch-broadcast.ts'

/** The messages of this bot that are to be kept true. */
export async function listBroadcastWatches({ db }: Pick<ShopDeps, 'db'>, botId: bigint): Promise<BroadcastWatch[]> {
  const rows = await runStatement<{
    chat_id: string
    message_id: number
    broadcast_id: BroadcastId
    language: Language
  }>(
    db.em(),
    'select chat_id, message_id, broadcast_id, language from broadcast_watches where bot_id = $1 order by created_at limit 100',
    [String(botId)],
  )
  return rows.map((row) => ({
    botId,
    chatId: BigInt(row.chat_id),
    messageId: row.message_id,
    broadcastId: row.broadcast_id,
    language: row.language,
  }))
}
