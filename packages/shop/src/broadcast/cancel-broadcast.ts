import { BroadcastEntity } from '@vpn-kiosk/db'
import { type BroadcastId, broadcastTransitions, statesBefore } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, hasPermission } from '../staff/has-permission.ts'
import { type CancelBroadcastResult, type Deps, explain } from './start-broadcast.ts'

/** Stops it after the few messages that are on their way. */
export async function cancelBroadcast(deps: Deps, actor: Actor, id: BroadcastId): Promise<CancelBroadcastResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'broadcast', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    const from = statesBefore(broadcastTransitions, 'canceled')
    const change = { state: 'canceled', finishedAt: now } as const
    const moved = await em.nativeUpdate(BroadcastEntity, { id, state: { $in: from } }, change)
    if (!moved) return explain(await em.findOne(BroadcastEntity, { id }))
    await recordAudit(em, { actor: auditedActor(actor), action: 'cancel_broadcast', subject: id }, now)
    return { kind: 'canceled' }
  })
}
