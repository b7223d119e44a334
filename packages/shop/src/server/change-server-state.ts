import { EndpointEntity, type EntityManager, LockMode, ServerEntity } from '@vpn-kiosk/db'
import { addMs, canMove, type ServerId, type ServerState, serverTransitions } from '@vpn-kiosk/domain'
import { wishedAt } from '../access/wished-at.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'

/** What an admin may choose; `down` is what the shop itself finds out. */
export type ChosenServerState = Exclude<ServerState, 'down'>

export type ChangeServerStateResult =
  | { readonly kind: 'changed'; readonly before: ServerState }
  | { readonly kind: 'not_possible'; readonly state: ServerState }
  | { readonly kind: 'unknown_server' }
  | Forbidden

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'policy'>

/**
 * Opens a place to everybody, keeps newcomers out, or takes it out of service. Disabling cuts off everybody on
 * it, enabling lets them in again: both only write the wish, the workers make the endpoint agree.
 */
export async function changeServerState(
  deps: Deps,
  actor: Actor,
  id: ServerId,
  state: ChosenServerState,
): Promise<ChangeServerStateResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_servers', em))) return { kind: 'forbidden' }
    const server = await em.findOne(ServerEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!server) return { kind: 'unknown_server' }
    const before = server.state
    if (!canMove(serverTransitions, before, state)) return { kind: 'not_possible', state: before }
    const now = deps.clock.now()
    await em.nativeUpdate(ServerEntity, { id, state: before }, { state })
    if (before === 'disabled')
      await em.nativeUpdate(EndpointEntity, { serverId: id }, { failures: 0, health: 'unknown', healthReason: null })
    if (before === 'disabled' || state === 'disabled') await wishAgain(deps, em, id, now)
    await recordAudit(
      em,
      {
        actor: auditedActor(actor),
        action: 'change_server_state',
        subject: id,
        before: { state: before },
        after: { state },
      },
      now,
    )
    return { kind: 'changed', before }
  })
}

/** The sweep takes accesses that have been due for a while: these are due at once. */
export const dueAt = (now: Date): Date => addMs(now, -60_000)

/** A server may hold thousands of accesses, so one statement states the wish and one sweep hands them out by pages. */
async function wishAgain({ queue }: Deps, em: EntityManager, id: ServerId, now: Date): Promise<void> {
  await em
    .getKysely()
    .updateTable('accesses')
    .set(wishedAt(dueAt(now)))
    .where('removed_at', 'is', null)
    .where('endpoint_id', 'in', (eb) => eb.selectFrom('endpoints as e').select('e.id').where('e.server_id', '=', id))
    .execute()
  await queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
}
