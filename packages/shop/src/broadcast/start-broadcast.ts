import { BroadcastEntity } from '@vpn-kiosk/db'
import { type BroadcastId, type BroadcastState, broadcastTransitions, statesBefore } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { type Actor, auditedActor, type Forbidden, mayAct } from '../staff/permission.ts'
import { audience } from './prepare-broadcast.ts'

export type StartBroadcastResult =
  | { readonly kind: 'started'; readonly total: number }
  | { readonly kind: 'not_possible'; readonly state: BroadcastState }
  | { readonly kind: 'unknown_broadcast' }
  | Forbidden

export type CancelBroadcastResult =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'not_possible'; readonly state: BroadcastState }
  | { readonly kind: 'unknown_broadcast' }
  | Forbidden

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'policy'>

/** Writes down who is to get it and nudges the client bot, once: a double tap starts it once. */
export async function startBroadcast(deps: Deps, actor: Actor, id: BroadcastId): Promise<StartBroadcastResult> {
  return deps.db.transaction(async (em) => {
    if (!(await mayAct(deps, actor, 'broadcast', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    const moved = await em.nativeUpdate(BroadcastEntity, { id, state: 'draft' }, { state: 'running', startedAt: now })
    if (!moved) return explain(await em.findOne(BroadcastEntity, { id }))
    await em.execute(
      `insert into broadcast_recipients (broadcast_id, customer_id, state)
       select ?, c.id, 'queued' from customers c where ${audience}`,
      [id],
    )
    const [counted] = await em.execute<{ total: number }[]>(
      `update broadcasts set total = (select count(*) from broadcast_recipients where broadcast_id = ?) where id = ? returning total`,
      [id, id],
    )
    const total = counted?.total ?? 0
    const note = { actor: auditedActor(actor), action: 'start_broadcast', subject: id, after: { total } }
    await recordAudit(em, note, now)
    await deps.queue.enqueue('run-broadcast', { broadcastId: id }, { transaction: em.getTransactionContext() })
    return { kind: 'started', total }
  })
}

/** Stops it after the few messages that are on their way. */
export async function cancelBroadcast(deps: Deps, actor: Actor, id: BroadcastId): Promise<CancelBroadcastResult> {
  return deps.db.transaction(async (em) => {
    if (!(await mayAct(deps, actor, 'broadcast', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    const from = statesBefore(broadcastTransitions, 'cancelled')
    const change = { state: 'cancelled', finishedAt: now } as const
    const moved = await em.nativeUpdate(BroadcastEntity, { id, state: { $in: from } }, change)
    if (!moved) return explain(await em.findOne(BroadcastEntity, { id }))
    await recordAudit(em, { actor: auditedActor(actor), action: 'cancel_broadcast', subject: id }, now)
    return { kind: 'cancelled' }
  })
}

const explain = (row: { readonly state: BroadcastState } | null) =>
  row ? ({ kind: 'not_possible', state: row.state } as const) : ({ kind: 'unknown_broadcast' } as const)
