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

/** A place. */
export const ServerEntity = defineEntity({
  name: 'Server',
  tableName: 'servers',
  properties: {
    id: id<ServerId>().primary(),
    name: text().unique(),
    country: text(),
    city: text(),
    /** What customers read; a language that is absent reads `city`. */
    cityTitles: json<LocalizedText>().strictNullable(),
    host: text(),
    capacity: int(),
    state: text<ServerState>(),
    /** Lists show the lowest first, then the oldest. */
    position: int().default(0),
    /** What was pressed to add it: pressed twice, it is added once. */
    requestKey: text().strictNullable().unique(),
    createdAt: at(),
  },
})
export type ServerRow = InferEntity<typeof ServerEntity>

/** One way in on a server. */
export const EndpointEntity = defineEntity({
  name: 'Endpoint',
  tableName: 'endpoints',
  properties: {
    id: id<EndpointId>().primary(),
    serverId: () => p.manyToOne(ServerEntity).mapToPk().fieldName('server_id').index(),
    driver: text<DriverId>(),
    protocol: text<Protocol>(),
    /** Tells it from others of its protocol in the same city; in labels from 2 on. */
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
    /** What is wrong with it by the last probe, `EndpointProblem[]`; null: nothing. */
    problems: json<EndpointProblem[]>().nullable(),
    /** False: a newcomer would get no working way in here. */
    takesNewcomers: flag().default(true),
    /** Since when its core runs, by the last probe. */
    runningSince: at().nullable(),
    /** What documents made now would say, by the last probe. */
    documentsKey: text().nullable(),
    /** When open connections were last ended by interrupting everybody. */
    droppedAt: at().nullable(),
    /** It refused our login: how often in a row, with which settings and secrets, why, and until when it is left alone. */
    refusals: int().default(0),
    restKey: text().nullable(),
    restCode: text<EndpointCause>().nullable(),
    restReason: text().nullable(),
    restsUntil: at().nullable(),
    /** The one call that finds out whether it lets us in again counts until then. */
    triedUntil: at().nullable(),
    /** Accesses with a greater id are yet to be wished again; null: none is. */
    wishAfter: text().strictNullable(),
    /** Accesses that it holds, removed ones not counted. Kept by the database itself. */
    placesTaken: int().default(0),
    /** Running subscriptions up to this id have had their turn to get an access here; null once all have. */
    fillAfter: text().default('').strictNullable(),
    /** Somebody got no access here since the filling began. */
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
