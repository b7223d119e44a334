import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type {
  DriverId,
  EndpointCause,
  EndpointId,
  EndpointProblem,
  LocalizedText,
  Protocol,
  ServerId,
  ServerState,
} from '@vpn-kiosk/domain'
import { at, flag, id, int, json, text } from './columns.ts'

/** A place where access is sold, with one or more endpoints. */
export const ServerEntity = defineEntity({
  name: 'Server',
  tableName: 'servers',
  properties: {
    id: id<ServerId>().primary(),
    name: text().unique(),
    country: text(),
    city: text(),
    /** The city's name by language; languages without an entry show `city`. */
    cityTitles: json<LocalizedText>().strictNullable(),
    host: text(),
    capacity: int(),
    state: text<ServerState>(),
    /** The order in lists: the lowest position first, then the oldest server. */
    position: int().default(0),
    /** What was pressed to add it: pressed twice, it is added once. */
    requestKey: text().strictNullable().unique(),
    createdAt: at(),
  },
})
export type ServerRow = InferEntity<typeof ServerEntity>

/** One VPN service on a server: a 3X-UI panel's inbounds, or an interface. */
export const EndpointEntity = defineEntity({
  name: 'Endpoint',
  tableName: 'endpoints',
  properties: {
    id: id<EndpointId>().primary(),
    serverId: () => p.manyToOne(ServerEntity).mapToPk().fieldName('server_id').index(),
    driver: text<DriverId>(),
    protocol: text<Protocol>(),
    /** Distinguishes endpoints of one protocol in the same city; labels show the number from 2 on. */
    ordinal: int().default(1),
    settings: json<Record<string, unknown>>(),
    /** Encrypted JSON: passwords, tokens, private keys. */
    secrets: text(),
    health: text<'unknown' | 'up' | 'degraded' | 'down'>(),
    healthReason: text().strictNullable(),
    failures: int().default(0),
    probedAt: at().strictNullable(),
    version: text().strictNullable(),
    online: int().strictNullable(),
    cpuPercent: int().strictNullable(),
    memoryPercent: int().strictNullable(),
    /** What was pressed to add it: pressed twice, it is added once. */
    requestKey: text().strictNullable().unique(),
    /** The problems that the last probe found; null when there were none. */
    problems: json<EndpointProblem[]>().nullable(),
    /** False: a new access on this endpoint would not work. */
    takesNewcomers: flag().default(true),
    /** When the endpoint's VPN core was started, according to the last probe. */
    runningSince: at().nullable(),
    /** What documents made now would say, by the last probe. */
    documentsKey: text().nullable(),
    /** When all connections were last interrupted in order to end those of removed accesses. */
    droppedAt: at().nullable(),
    /** Refused logins: how many in a row, with which settings and secrets, why, and until when no login is tried. */
    refusals: int().default(0),
    restKey: text().nullable(),
    restCode: text<EndpointCause>().nullable(),
    restReason: text().nullable(),
    restsUntil: at().nullable(),
    /** The end of the lease of the one call that tries the login again. */
    triedUntil: at().nullable(),
    /** Accesses with a greater id are yet to be wished again; null: none is. */
    wishAfter: text().strictNullable(),
    /** The number of accesses on the endpoint without removed ones. Triggers of the database count it. */
    placesTaken: int().default(0),
    /** Running subscriptions up to this id have been offered an access here; null when all have. */
    fillAfter: text().default('').strictNullable(),
    /** True when a subscription got no access here since the filling began. */
    hasTurnedAway: flag().default(false),
    createdAt: at(),
  },
})
export type EndpointRow = InferEntity<typeof EndpointEntity>

/** A probe's figures over time, for charts. */
export const ServerStatEntity = defineEntity({
  name: 'ServerStat',
  tableName: 'server_stats',
  indexes: [{ properties: ['endpointId', 'at'] }],
  properties: {
    id: p.bigint('bigint').primary().autoincrement(),
    endpointId: () => p.manyToOne(EndpointEntity).mapToPk().fieldName('endpoint_id'),
    at: at(),
    isUp: flag(),
    online: int().strictNullable(),
    cpuPercent: int().strictNullable(),
    memoryPercent: int().strictNullable(),
  },
})
