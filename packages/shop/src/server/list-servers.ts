import { EndpointEntity, type EndpointRow, ServerEntity, type ServerRow, sql } from '@vpn-kiosk/db'
import type {
  DriverId,
  EndpointId,
  EndpointProblem,
  LocalizedText,
  Protocol,
  ServerId,
  ServerState,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

export interface EndpointLine {
  readonly id: EndpointId
  readonly driver: DriverId
  readonly protocol: Protocol
  readonly health: EndpointRow['health']
  /** The endpoint's own words, for whom the codes say too little. */
  readonly healthReason: string | null
  /** What is wrong with it by the last look, in codes that have words in each language. */
  readonly problems: readonly EndpointProblem[]
  readonly probedAt: Date | null
  readonly version: string | null
  readonly online: number | null
  readonly cpuPercent: number | null
  readonly memoryPercent: number | null
}

export interface ServerLine {
  readonly id: ServerId
  readonly name: string
  readonly country: string
  readonly city: string
  readonly cityTitles: LocalizedText | null
  readonly position: number
  readonly host: string
  readonly capacity: number
  readonly state: ServerState
  /** The worst of its endpoints. */
  readonly health: EndpointRow['health']
  readonly accesses: number
  /** Accesses on which the endpoint has yet to agree. */
  readonly behind: number
  readonly endpoints: readonly EndpointLine[]
}

export type Deps = Pick<ShopDeps, 'db' | 'policy'>

/** Every place, oldest first, with its load and health. */
export const listServers = (deps: Deps, actor: Actor): Promise<Seen<ServerLine[]>> =>
  readIfPermitted(deps, actor, 'see_dashboard', () => readServers(deps))

const severity = ['up', 'unknown', 'degraded', 'down'] as const

/** For verbs that have asked for the permission themselves. */
export async function readServers({ db }: Pick<ShopDeps, 'db'>, id?: ServerId): Promise<ServerLine[]> {
  const em = db.em()
  const servers = await em.find(ServerEntity, id ? { id } : {}, {
    orderBy: { position: 'asc', createdAt: 'asc', id: 'asc' },
  })
  const endpoints = await em.find(
    EndpointEntity,
    { serverId: { $in: servers.map((server) => server.id) } },
    { orderBy: { createdAt: 'asc' } },
  )
  const loads = await listLoads(db)
  return servers.map((server) => describe(server, endpoints, loads))
}

const listLoads = (db: ShopDeps['db']) =>
  db
    .getKysely()
    .selectFrom('endpoints as e')
    .select((eb) => {
      const waiting = eb
        .selectFrom('accesses as a')
        .select('a.id')
        .whereRef('a.endpoint_id', '=', 'e.id')
        .whereRef('a.applied_revision', '<', 'a.desired_revision')
        .limit(10_000)
      return [
        'e.id as endpoint_id',
        'e.places_taken as accesses',
        sql<number>`(select count(*)::int from ${waiting} as waiting)`.as('behind'),
      ]
    })
    .execute()

function describe(
  server: ServerRow,
  all: readonly EndpointRow[],
  loads: Awaited<ReturnType<typeof listLoads>>,
): ServerLine {
  const endpoints = all.filter((endpoint) => endpoint.serverId === server.id)
  const own = loads.filter((load) => endpoints.some((endpoint) => endpoint.id === load.endpoint_id))
  const worst = Math.max(0, ...endpoints.map((endpoint) => severity.indexOf(endpoint.health)))
  return {
    id: server.id,
    name: server.name,
    country: server.country,
    city: server.city,
    cityTitles: server.cityTitles,
    position: server.position,
    host: server.host,
    capacity: server.capacity,
    state: server.state,
    health: endpoints.length === 0 ? 'unknown' : (severity[worst] ?? 'unknown'),
    accesses: own.reduce((sum, load) => sum + load.accesses, 0),
    behind: own.reduce((sum, load) => sum + load.behind, 0),
    endpoints: endpoints.map(toLine),
  }
}

/** Settings stay behind: a screen needs none of them. */
const toLine = (row: EndpointRow): EndpointLine => ({
  id: row.id,
  driver: row.driver,
  protocol: row.protocol,
  health: row.health,
  healthReason: row.healthReason,
  problems: row.problems ?? [],
  probedAt: row.probedAt,
  version: row.version,
  online: row.online,
  cpuPercent: row.cpuPercent,
  memoryPercent: row.memoryPercent,
})
