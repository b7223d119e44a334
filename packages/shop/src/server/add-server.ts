import { EndpointEntity, type EntityManager, ServerEntity } from '@vpn-kiosk/db'
import { type DriverKind, type EndpointHealth, newId, type Protocol, type ServerId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { askEndpoint } from './ask-endpoint.ts'
import type { EndpointDraft } from './discover-endpoint.ts'
import type { EndpointFailure } from './endpoint-failure.ts'
import { findTwin, type Twin } from './find-twin.ts'
import { insertEndpoint } from './insert-endpoint.ts'
import { lockServers } from './lock-servers.ts'
import { findInvalidField, type PlaceField, type ServerPlace, tidyPlace, tidyWord } from './server-place.ts'
import { type TestedEndpoint, testEndpoint } from './test-endpoint.ts'

export interface NewServer extends EndpointDraft, ServerPlace {
  /** One of the driver's; its first when absent. */
  readonly protocol?: Protocol | undefined
  /** Random, made when the server was shown for confirmation: pressed twice, it is added once. */
  readonly requestId?: string | undefined
}

export type AddServerResult =
  /** Also for whoever presses a second time. */
  | { readonly kind: 'added'; readonly serverId: ServerId; readonly health: EndpointHealth }
  | { readonly kind: 'name_taken' }
  /** The panel or host belongs to a server of the shop already. */
  | ({ readonly kind: 'same_panel' } & Twin)
  | { readonly kind: 'invalid'; readonly field: PlaceField | 'protocol' }
  | EndpointFailure
  | Forbidden

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'drivers' | 'policy'>

/** Adds a place with one way in. The connection is tested first: what does not answer is not saved. Secrets are sealed. */
export async function addServer(deps: Deps, actor: Actor, server: NewServer): Promise<AddServerResult> {
  if (!(await hasPermission(deps, actor, 'change_servers'))) return { kind: 'forbidden' }
  const kind = deps.drivers.get(server.driver)
  if (!kind) return { kind: 'unknown_driver' }
  const field = findInvalidField(server)
  if (field) return { kind: 'invalid', field }
  if (server.protocol && !kind.protocols.includes(server.protocol)) return { kind: 'invalid', field: 'protocol' }
  const known = await findAdded(deps.db.em(), server)
  if (known) return known
  const tested = await askEndpoint(() => testEndpoint(deps, kind, server))
  return tested.kind === 'answered' ? store(deps, actor, { server, kind, tested: tested.value }) : tested
}

/**
 * What an earlier press of the same button made, or whoever has the name. The name is read first: a press that commits
 * between the two reads is then found by its request.
 */
async function findAdded(em: EntityManager, { name, requestId }: NewServer): Promise<AddServerResult | null> {
  const isNameTaken = (await em.count(ServerEntity, { name: tidyWord(name) })) > 0
  const known = requestId ? await em.findOne(ServerEntity, { requestKey: requestId }) : null
  if (known) return { kind: 'added', serverId: known.id, health: await readHealth(em, known.id) }
  return isNameTaken ? { kind: 'name_taken' } : null
}

async function readHealth(em: EntityManager, serverId: ServerId): Promise<EndpointHealth> {
  const { version, online, cpuPercent, memoryPercent, health, healthReason } = await em.findOneOrFail(
    EndpointEntity,
    { serverId },
    { orderBy: { createdAt: 'asc' } },
  )
  if (health === 'degraded') return { kind: 'degraded', reason: healthReason ?? '', problems: [], takesNewcomers: true }
  return { kind: 'up', version: version ?? '', online, cpuPercent, memoryPercent }
}

interface Order {
  readonly server: NewServer
  readonly kind: DriverKind
  readonly tested: TestedEndpoint
}

async function store(deps: Deps, actor: Actor, { server, kind, tested }: Order): Promise<AddServerResult> {
  const [first] = kind.protocols
  if (!first) throw new Error(`the driver ${kind.id} names no protocol`)
  const { name, country, city, cityTitles, host, capacity, position } = tidyPlace(server)
  const place = { name, country, city, cityTitles: cityTitles ?? null, host, capacity, position: position ?? 0 }
  const requestKey = server.requestId ?? null
  return deps.db.transaction(async (em) => {
    await lockServers(em)
    const known = await findAdded(em, server)
    if (known) return known
    const twin = await findTwin(deps, em, kind, tested)
    if (twin) return { kind: 'same_panel', ...twin }
    const now = deps.clock.now()
    const id = newId('server')
    await em.insert(ServerEntity, { id, ...place, state: 'active', requestKey, createdAt: now })
    const protocol = server.protocol ?? first
    await insertEndpoint(deps, em, { serverId: id, country, city, kind, protocol, tested, requestKey })
    const after = { ...place, driver: server.driver }
    await recordAudit(em, { actor: auditedActor(actor), action: 'add_server', subject: id, after }, now)
    // Running subscriptions get an access here without waiting for the next round.
    await deps.queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
    return { kind: 'added', serverId: id, health: tested.health }
  })
}
