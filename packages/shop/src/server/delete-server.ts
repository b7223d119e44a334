import { anyOf, EndpointEntity, type EntityManager, LockMode, ServerEntity, ServerStatEntity, sql } from '@vpn-kiosk/db'
import type { EndpointId, ServerId, ServerState } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { lockServers } from './lock-servers.ts'

/** Who is still on a server. */
export interface Occupants {
  /** Keys of subscriptions and of devices, whether they work or have ended. */
  readonly accesses: number
  /** Of them, keys of single devices: they get a new file on another server, where one has room. */
  readonly devices: number
  /** Accesses that the endpoint has not cut off yet. */
  readonly behind: number
}

/**
 * What may still be there. `nobody`: the server must be empty. `cut_off`: it is disabled and the endpoint has cut off
 * everybody. `anything`: it is disabled, and accounts that its endpoint never cut off are left behind on it.
 */
export type Remains = 'nobody' | 'cut_off' | 'anything'

export type DeleteServerResult =
  | ({ readonly kind: 'deleted' } & Occupants)
  | ({ readonly kind: 'in_use'; readonly state: ServerState } & Occupants)
  | { readonly kind: 'unknown_server' }
  | Forbidden

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy'>

/** So many accesses a transaction: a server may hold hundreds of thousands. */
const page = 2000

/** Deletes a place for good, with its ways in and its figures. One that anybody still uses is refused with the numbers. */
export async function deleteServer(
  deps: Deps,
  actor: Actor,
  id: ServerId,
  remains: Remains = 'nobody',
): Promise<DeleteServerResult> {
  if (!(await hasPermission(deps, actor, 'change_servers'))) return { kind: 'forbidden' }
  const seen = await deps.db.transaction((em) => examine(em, id, remains))
  if (seen.kind !== 'deletable') return seen
  // The server is disabled or empty, so nobody adds an access meanwhile. Whoever stops half-way deletes again.
  for (let deleted = page; deleted === page; ) deleted = await deps.db.transaction((em) => deletePage(em, id))
  return deps.db.transaction(async (em) => {
    await lockServers(em)
    const now = await examine(em, id, remains)
    if (now.kind !== 'deletable') return now
    await deletePage(em, id)
    await em.nativeDelete(ServerStatEntity, { endpointId: { $in: now.endpoints } })
    await em.nativeDelete(EndpointEntity, { serverId: id })
    await em.nativeDelete(ServerEntity, { id })
    const { accesses, devices, behind } = seen
    const before = { ...now.place, accesses, devices, behind }
    await recordAudit(
      em,
      { actor: auditedActor(actor), action: 'delete_server', subject: id, before },
      deps.clock.now(),
    )
    return { kind: 'deleted', accesses, devices, behind }
  })
}

type Examined =
  | ({
      readonly kind: 'deletable'
      readonly endpoints: EndpointId[]
      readonly place: Record<string, unknown>
    } & Occupants)
  | (DeleteServerResult & { readonly kind: 'in_use' | 'unknown_server' })

async function examine(em: EntityManager, id: ServerId, remains: Remains): Promise<Examined> {
  const server = await em.findOne(ServerEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!server) return { kind: 'unknown_server' }
  const rows = await em.find(EndpointEntity, { serverId: id })
  const endpoints = rows.map((endpoint) => endpoint.id)
  const { accesses, devices, behind } = await em
    .getKysely()
    .selectFrom('accesses')
    .select([
      sql<number>`count(*)::int`.as('accesses'),
      sql<number>`count(device_id)::int`.as('devices'),
      sql<number>`(count(*) filter (where applied_revision < desired_revision))::int`.as('behind'),
    ])
    .where('endpoint_id', '=', anyOf(endpoints))
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  const isCutOff = server.state === 'disabled' && (remains === 'anything' || (remains === 'cut_off' && behind === 0))
  if (accesses > 0 && !isCutOff) return { kind: 'in_use', state: server.state, accesses, devices, behind }
  const { name, country, city, host, capacity } = server
  return { kind: 'deletable', endpoints, place: { name, country, city, host, capacity }, accesses, devices, behind }
}

/** Whoever has nothing left is found by the sweep of undelivered rights, devices too: they are served elsewhere. */
async function deletePage(em: EntityManager, id: ServerId): Promise<number> {
  const { numDeletedRows } = await em
    .getKysely()
    .deleteFrom('accesses')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('accesses as a')
        .innerJoin('endpoints as e', 'e.id', 'a.endpoint_id')
        .select('a.id')
        .where('e.server_id', '=', id)
        .orderBy('a.id')
        .limit(page),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}
