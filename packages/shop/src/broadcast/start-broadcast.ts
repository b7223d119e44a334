import { BroadcastEntity } from '@vpn-kiosk/db'
import type { BroadcastId, BroadcastState } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { estimateRecipients } from './count-recipients.ts'

export type StartBroadcastResult =
  /** `total` is about, until everybody is written down. */
  | { readonly kind: 'started'; readonly total: number }
  | { readonly kind: 'not_possible'; readonly state: BroadcastState }
  | { readonly kind: 'unknown_broadcast' }
  | Forbidden

export type CancelBroadcastResult =
  | { readonly kind: 'canceled' }
  | { readonly kind: 'not_possible'; readonly state: BroadcastState }
  | { readonly kind: 'unknown_broadcast' }
  | Forbidden

export type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'policy'>

/**
 * Has the client bot write down who is to get it and send it, once: a double tap starts it once. Nobody waits for that:
 * the tap only says that it runs.
 */
export async function startBroadcast(
  deps: Deps & Pick<ShopDeps, 'checkpoint'>,
  actor: Actor,
  id: BroadcastId,
): Promise<StartBroadcastResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'broadcast', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    const { count: total } = await estimateRecipients(em)
    const change = { state: 'running', startedAt: now, total } as const
    const moved = await em.nativeUpdate(BroadcastEntity, { id, state: 'draft' }, change)
    if (!moved) return explain(await em.findOne(BroadcastEntity, { id }))
    const note = { actor: auditedActor(actor), action: 'start_broadcast', subject: id, after: { total } }
    await recordAudit(em, note, now)
    await deps.queue.enqueue('deliver-broadcast', { broadcastId: id }, { transaction: em.getTransactionContext() })
    deps.checkpoint('broadcast:before-commit')
    return { kind: 'started', total }
  })
}

export const explain = (row: { readonly state: BroadcastState } | null) =>
  row ? ({ kind: 'not_possible', state: row.state } as const) : ({ kind: 'unknown_broadcast' } as const)
