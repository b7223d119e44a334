import { BroadcastEntity } from '@vpn-kiosk/db'
import type { Actor, Seen } from '../staff/may-act.ts'
import { seeIfPermitted } from '../staff/see-if-permitted.ts'
import { type BroadcastLine, type Deps, listed, toLine } from './see-broadcast.ts'

/** The latest that were started, newest first. */
export const listBroadcasts = (deps: Deps, actor: Actor): Promise<Seen<BroadcastLine[]>> =>
  seeIfPermitted(deps, actor, 'broadcast', async () => {
    const rows = await deps.db
      .em()
      .find(BroadcastEntity, { startedAt: { $ne: null } }, { orderBy: { startedAt: 'desc' }, limit: listed })
    return rows.map(toLine)
  })
