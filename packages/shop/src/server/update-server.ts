import { EndpointEntity, type EntityManager, LockMode, ServerEntity, type ServerRow } from '@vpn-kiosk/db'
import type { ServerId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { lockServers } from './lock-servers.ts'
import { numberEndpoint } from './number-endpoint.ts'
import { wishEndpoints } from './reprovision-endpoint.ts'
import { findInvalidField, type PlaceField, type ServerPlace, tidyPlace } from './server-place.ts'

/** What is absent stays as it is. */
export type ServerChange = Partial<ServerPlace>

export type UpdateServerResult =
  | { readonly kind: 'updated' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'name_taken' }
  | { readonly kind: 'invalid'; readonly field: PlaceField }
  | { readonly kind: 'unknown_server' }
  | Forbidden

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'policy'>

/**
 * Changes what is said of a place. A new country or city reaches the customers' apps by itself: their labels are
 * provisioned anew, and ways in of the same protocol in the new city are told apart. More room is filled at once.
 */
export async function updateServer(
  deps: Deps,
  actor: Actor,
  id: ServerId,
  change: ServerChange,
): Promise<UpdateServerResult> {
  const field = findInvalidField(change)
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_servers', em))) return { kind: 'forbidden' }
    if (field) return { kind: 'invalid', field }
    await lockServers(em)
    const server = await em.findOne(ServerEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!server) return { kind: 'unknown_server' }
    const { before, after } = compare(server, tidyPlace(change))
    if (Object.keys(after).length === 0) return { kind: 'unchanged' }
    if (after.name !== undefined && (await em.count(ServerEntity, { name: after.name })) > 0)
      return { kind: 'name_taken' }
    await em.nativeUpdate(ServerEntity, { id }, after)
    if ('country' in after || 'city' in after || 'cityTitles' in after)
      await relabel(deps, em, { id, country: after.country ?? server.country, city: after.city ?? server.city })
    if ((after.capacity ?? 0) > server.capacity)
      await deps.queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
    const note = { actor: auditedActor(actor), action: 'update_server', subject: id, before, after: { ...after } }
    await recordAudit(em, note, deps.clock.now())
    return { kind: 'updated' }
  })
}

type Changed = Partial<Pick<ServerRow, PlaceField>>

/** Only what differs, as it was and as it will be. */
function compare(server: ServerRow, change: ServerChange): { before: Record<string, unknown>; after: Changed } {
  const fields = (Object.keys(change) as PlaceField[]).filter(
    (field) => JSON.stringify(change[field]) !== JSON.stringify(server[field]),
  )
  return {
    before: Object.fromEntries(fields.map((field) => [field, server[field]])),
    after: Object.fromEntries(fields.map((field) => [field, change[field]])),
  }
}

async function relabel(
  deps: Deps,
  em: EntityManager,
  { id, country, city }: { readonly id: ServerId; readonly country: string; readonly city: string },
): Promise<void> {
  const endpoints = await em.find(EndpointEntity, { serverId: id }, { orderBy: { createdAt: 'asc', id: 'asc' } })
  for (const endpoint of endpoints) {
    const ordinal = await numberEndpoint(em, { country, city, protocol: endpoint.protocol }, endpoint.id)
    await em.nativeUpdate(EndpointEntity, { id: endpoint.id }, { ordinal })
  }
  await wishEndpoints(
    deps,
    em,
    endpoints.map((endpoint) => endpoint.id),
  )
}
