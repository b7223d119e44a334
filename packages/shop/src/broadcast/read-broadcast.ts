import { BroadcastEntity } from '@vpn-kiosk/db'
import type { BroadcastId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { BroadcastToSend } from './delivery.ts'

export async function readBroadcast({ db }: Pick<ShopDeps, 'db'>, id: BroadcastId): Promise<BroadcastToSend | null> {
  const row = await db.em().findOne(BroadcastEntity, { id })
  return row ? { text: row.text, state: row.state } : null
}
