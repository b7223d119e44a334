import { BroadcastEntity } from '@vpn-kiosk/db'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { type BroadcastLine, type Deps, listed, toLine } from './get-broadcast-card.ts'

/** The latest that were started, newest first. */
export const listBroadcasts = (deps: Deps, actor: Actor): Promise<Seen<BroadcastLine[]>> =>
  readIfPermitted(deps, actor, 'broadcast', async () => {
    const rows = await deps.db
      .em()
      .find(BroadcastEntity, { startedAt: { $ne: null } }, { orderBy: { startedAt: 'desc' }, limit: listed })
    return rows.map(toLine)
  })
