import { BroadcastEntity } from '@vpn-kiosk/db'
import type { BroadcastId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Broadcasts that were started and are not over: what a starting process goes on with. */
export async function listRunningBroadcasts({ db }: Pick<ShopDeps, 'db'>): Promise<BroadcastId[]> {
  const rows = await db.em().find(BroadcastEntity, { state: 'running' }, { orderBy: { startedAt: 'asc' } })
  return rows.map((row) => row.id)
}
