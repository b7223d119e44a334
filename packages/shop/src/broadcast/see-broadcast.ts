import { BroadcastEntity, type BroadcastRow } from '@vpn-kiosk/db'
import {
  type BroadcastId,
  type BroadcastProgress,
  type BroadcastState,
  broadcastTransitions,
  isFinal,
  type RecipientState,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Seen, seeIfPermitted } from '../staff/permission.ts'

export interface BroadcastCard {
  readonly id: BroadcastId
  readonly text: string
  readonly state: BroadcastState
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly progress: BroadcastProgress
}

export interface BroadcastLine {
  readonly id: BroadcastId
  readonly text: string
  readonly state: BroadcastState
  readonly total: number
  readonly createdAt: Date
}

type Deps = Pick<ShopDeps, 'db' | 'policy'>

const listed = 8

/** How far a broadcast has come; null when it is unknown. */
export const seeBroadcast = (deps: Deps, actor: Actor, id: BroadcastId): Promise<Seen<BroadcastCard | null>> =>
  seeIfPermitted(deps, actor, 'broadcast', async () => {
    const row = await deps.db.em().findOne(BroadcastEntity, { id })
    return row ? { ...toLine(row), ...times(row), progress: await readProgress(deps, row) } : null
  })

/** The latest that were started, newest first. */
export const listBroadcasts = (deps: Deps, actor: Actor): Promise<Seen<BroadcastLine[]>> =>
  seeIfPermitted(deps, actor, 'broadcast', async () => {
    const rows = await deps.db
      .em()
      .find(BroadcastEntity, { startedAt: { $ne: null } }, { orderBy: { startedAt: 'desc' }, limit: listed })
    return rows.map(toLine)
  })

async function readProgress({ db }: Pick<ShopDeps, 'db'>, row: BroadcastRow): Promise<BroadcastProgress> {
  const rows = await db
    .em()
    .execute<{ state: RecipientState; count: number }[]>(
      'select state, count(*)::int as count from broadcast_recipients where broadcast_id = ? group by state',
      [row.id],
    )
  const count = (state: RecipientState) => rows.find((one) => one.state === state)?.count ?? 0
  // While it runs, what is on its way is still to come; once it is over, nobody will ever hear how that ended.
  const isOver = isFinal(broadcastTransitions, row.state)
  return {
    total: row.total,
    sent: count('sent'),
    unreachable: count('unreachable'),
    failed: count('failed'),
    queued: count('queued') + (isOver ? 0 : count('sending')),
    unknown: isOver ? count('sending') : 0,
  }
}

const toLine = (row: BroadcastRow): BroadcastLine => ({
  id: row.id,
  text: row.text,
  state: row.state,
  total: row.total,
  createdAt: row.createdAt,
})

const times = (row: BroadcastRow) => ({ startedAt: row.startedAt, finishedAt: row.finishedAt })
