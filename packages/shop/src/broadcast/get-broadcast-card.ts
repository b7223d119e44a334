import { BroadcastEntity, type BroadcastRow, RecipientEntity } from '@vpn-kiosk/db'
import {
  type BroadcastId,
  type BroadcastProgress,
  type BroadcastState,
  broadcastTransitions,
  isFinal,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

export interface BroadcastCard {
  readonly id: BroadcastId
  readonly text: string
  readonly state: BroadcastState
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  /** Whether `progress.total` is exact: everybody whom it is for is written down. */
  readonly isCounted: boolean
  readonly progress: BroadcastProgress
}

export interface BroadcastLine {
  readonly id: BroadcastId
  readonly text: string
  readonly state: BroadcastState
  readonly total: number
  readonly createdAt: Date
}

export type Deps = Pick<ShopDeps, 'db' | 'policy'>

export const listed = 8

/** How far a broadcast has come; null when it is unknown. */
export const getBroadcastCard = (deps: Deps, actor: Actor, id: BroadcastId): Promise<Seen<BroadcastCard | null>> =>
  readIfPermitted(deps, actor, 'broadcast', async () => {
    const row = await deps.db.em().findOne(BroadcastEntity, { id })
    return row
      ? { ...toLine(row), ...times(row), isCounted: row.filledAt !== null, progress: await readProgress(deps, row) }
      : null
  })

/** From the figures that are kept; counted are only those whom Telegram was asked about without an answer. */
async function readProgress({ db }: Pick<ShopDeps, 'db'>, row: BroadcastRow): Promise<BroadcastProgress> {
  const { total, sent, unreachable, failed } = row
  // While it runs, what is on its way is still to come; once it is over, nobody will ever hear how that ended.
  const isOver = isFinal(broadcastTransitions, row.state)
  const unknown = isOver ? await db.em().count(RecipientEntity, { broadcastId: row.id, state: 'sending' }) : 0
  return {
    total,
    sent,
    unreachable,
    failed,
    unknown,
    queued: Math.max(0, total - sent - unreachable - failed - unknown),
  }
}

export const toLine = (row: BroadcastRow): BroadcastLine => ({
  id: row.id,
  text: row.text,
  state: row.state,
  total: row.total,
  createdAt: row.createdAt,
})

const times = (row: BroadcastRow) => ({ startedAt: row.startedAt, finishedAt: row.finishedAt })
