import { EndpointEntity, ServerEntity } from '@vpn-kiosk/db'
import {
  type DriverKind,
  type EndpointConfig,
  type EndpointHealth,
  newId,
  type Protocol,
  type ServerId,
} from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { type Actor, auditedActor, type Forbidden, mayAct } from '../staff/permission.ts'
import { askEndpoint, type EndpointDraft, type EndpointFailure } from './discover-endpoint.ts'

export interface NewServer extends EndpointDraft {
  /** Ours, unique, at most 40 characters. */
  readonly name: string
  /** ISO 3166, two letters. */
  readonly country: string
  readonly city: string
  /** What the place is reached by; shown to staff. */
  readonly host: string
  /** Accesses it may hold. */
  readonly capacity: number
  /** One of the driver's; its first when absent. */
  readonly protocol?: Protocol | undefined
}

export type AddServerResult =
  | { readonly kind: 'added'; readonly serverId: ServerId; readonly health: EndpointHealth }
  | { readonly kind: 'name_taken' }
  | { readonly kind: 'invalid'; readonly field: 'name' | 'country' | 'city' | 'host' | 'capacity' | 'protocol' }
  | EndpointFailure
  | Forbidden

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'drivers' | 'policy'>

/** Adds a place with one way in. The connection is tested first: what does not answer is not saved. Secrets are sealed. */
export async function addServer(deps: Deps, actor: Actor, server: NewServer): Promise<AddServerResult> {
  if (!(await mayAct(deps, actor, 'change_servers'))) return { kind: 'forbidden' }
  const kind = deps.drivers.get(server.driver)
  if (!kind) return { kind: 'unknown_driver' }
  const field = findInvalid(server, kind)
  if (field) return { kind: 'invalid', field }
  if (await deps.db.em().count(ServerEntity, { name: server.name.trim() })) return { kind: 'name_taken' }
  const tested = await askEndpoint(() => testConnection(deps, kind, server))
  return tested.kind === 'answered' ? store(deps, actor, server, kind, tested.value) : tested
}

function findInvalid(server: NewServer, kind: DriverKind): (AddServerResult & { kind: 'invalid' })['field'] | null {
  const isWord = (text: string, max: number) => text.trim().length > 0 && text.trim().length <= max
  if (!isWord(server.name, 40)) return 'name'
  if (!/^[A-Za-z]{2}$/.test(server.country)) return 'country'
  if (!isWord(server.city, 40)) return 'city'
  if (!isWord(server.host, 253)) return 'host'
  if (!Number.isInteger(server.capacity) || server.capacity < 1 || server.capacity > 1_000_000) return 'capacity'
  if (server.protocol && !kind.protocols.includes(server.protocol)) return 'protocol'
  return null
}

interface Tested {
  readonly config: EndpointConfig
  readonly health: EndpointHealth
}

async function testConnection(deps: Deps, kind: DriverKind, server: NewServer): Promise<Tested> {
  const config = kind.parse({ settings: server.settings, secrets: server.secrets })
  const driver = kind.open(config, { clock: deps.clock })
  try {
    return { config, health: await driver.probe() }
  } finally {
    await driver.close()
  }
}

async function store(
  deps: Deps,
  actor: Actor,
  server: NewServer,
  kind: DriverKind,
  { config, health }: Tested,
): Promise<AddServerResult> {
  const now = deps.clock.now()
  const id = newId('server')
  const place = {
    name: server.name.trim(),
    country: server.country.toUpperCase(),
    city: server.city.trim(),
    host: server.host.trim(),
    capacity: server.capacity,
  }
  return deps.db.transaction(async (em) => {
    const inserted = await em.execute<{ id: string }[]>(
      `insert into servers (id, name, country, city, host, capacity, state, created_at) values (?, ?, ?, ?, ?, ?, 'active', ?)
       on conflict (name) do nothing returning id`,
      [id, place.name, place.country, place.city, place.host, place.capacity, now],
    )
    if (inserted.length === 0) return { kind: 'name_taken' }
    await em.insert(EndpointEntity, endpointRow(deps, id, server, kind, { config, health }, now))
    const after = { ...place, driver: server.driver }
    await recordAudit(em, { actor: auditedActor(actor), action: 'add_server', subject: id, after }, now)
    // Running subscriptions get an access here without waiting for the next round.
    await deps.queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
    return { kind: 'added', serverId: id, health }
  })
}

function endpointRow(
  { vault }: Deps,
  serverId: ServerId,
  server: NewServer,
  kind: DriverKind,
  { config, health }: Tested,
  now: Date,
) {
  const [first] = kind.protocols
  if (!first) throw new Error(`the driver ${kind.id} names no protocol`)
  const isUp = health.kind === 'up'
  const id = newId('endpoint')
  return {
    id,
    serverId,
    driver: kind.id,
    protocol: server.protocol ?? first,
    settings: { ...config.settings },
    secrets: vault.seal(config.secrets, `endpoints.secrets:${id}`),
    health: health.kind,
    healthReason: isUp ? null : health.reason.slice(0, 300),
    probedAt: now,
    version: isUp ? health.version : null,
    online: isUp ? health.online : null,
    cpuPercent: isUp ? round(health.cpuPercent) : null,
    memoryPercent: isUp ? round(health.memoryPercent) : null,
    createdAt: now,
  }
}

const round = (percent: number | null): number | null => (percent === null ? null : Math.round(percent))
