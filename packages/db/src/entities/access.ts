import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type {
  AccessId,
  DeviceId,
  DriverId,
  EndpointCause,
  EndpointId,
  EndpointProblem,
  Id,
  LocalizedText,
  Protocol,
  ServerId,
  ServerState,
  SubscriptionId,
  SubscriptionState,
} from '@vpn-kiosk/domain'
import { PlanEntity } from './catalogue.ts'
import { at, bigint, flag, id, int, json, text } from './columns.ts'
import { CustomerEntity } from './people.ts'

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

/** What a customer has a right to. One a customer, so that there is one stable link. */
export const SubscriptionEntity = defineEntity({
  name: 'Subscription',
  tableName: 'subscriptions',
  indexes: [
    { properties: ['state', 'endsAt'] },
    {
      name: 'subscriptions_next_stretch',
      expression: `create index "subscriptions_next_stretch" on "subscriptions" ("stretch_ends_at") where "stretch_ends_at" < "ends_at"`,
    },
    { properties: ['stretchStartsAt'] },
    {
      name: 'subscriptions_trials',
      expression: `create index "subscriptions_trials" on "subscriptions" ("ends_at") where "is_trial" and "state" = 'active'`,
    },
    {
      name: 'subscriptions_surplus',
      expression: `create index "subscriptions_surplus" on "subscriptions" ("surplus_closes_at") where "surplus_closes_at" is not null`,
    },
  ],
  properties: {
    id: id<SubscriptionId>().primary(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id').unique(),
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id').strictNullable(),
    state: text<SubscriptionState>(),
    isTrial: flag(),
    /** Since when it has run without a pause, and when its last stretch ends. */
    startsAt: at().strictNullable(),
    endsAt: at().strictNullable(),
    /** The running stretch, and its figures: they hold now. What it has used is counted here, and written to its row when it ends. */
    stretchId: text<Id<'period'>>().strictNullable(),
    stretchStartsAt: at().strictNullable(),
    stretchEndsAt: at().strictNullable(),
    trafficLimitBytes: bigint().strictNullable(),
    trafficUsedBytes: bigint(),
    deviceLimit: int(),
    /** There are more devices than the limit allows: until then the customer may choose which of them stay. */
    surplusClosesAt: at().strictNullable(),
    /** The public link's token: 128 random bits or more; can be reissued. */
    token: text().unique(),
    isAutoRenewed: flag().default(false),
    createdAt: at(),
  },
})
export type SubscriptionRow = InferEntity<typeof SubscriptionEntity>

/** Who has a running right and nothing that works: made with the right, deleted by the first access that works. */
export const PendingDeliveryEntity = defineEntity({
  name: 'PendingDelivery',
  tableName: 'pending_deliveries',
  indexes: [
    {
      name: 'pending_deliveries_awaiting_room',
      expression:
        'create index "pending_deliveries_awaiting_room" on "pending_deliveries" ("is_trial", "since") where "awaits_room"',
    },
  ],
  properties: {
    subscriptionId: () => p.oneToOne(SubscriptionEntity).primary().mapToPk().fieldName('subscription_id'),
    isTrial: flag(),
    since: at().index(),
    /** No endpoint had room: gets the next place that there is, who paid first, the oldest first. */
    awaitsRoom: flag(),
  },
})

/**
 * The queue of stretches, what has ended included (see `domain/subscription/stretch.ts`). The unique key grants each
 * once: `payment:pay_…`, `trial:cus_…`, `referral:ref_…`. A row without a device limit was written by a process that
 * knew no stretches yet; a sweep gives it its limits.
 */
export const PeriodEntity = defineEntity({
  name: 'Period',
  tableName: 'subscription_periods',
  indexes: [
    { properties: ['subscriptionId', 'endsAt'] },
    {
      name: 'subscription_periods_without_limits',
      expression: `create index "subscription_periods_without_limits" on "subscription_periods" ("subscription_id") where "device_limit" is null`,
    },
  ],
  properties: {
    id: id<Id<'period'>>().primary(),
    subscriptionId: () => p.manyToOne(SubscriptionEntity).mapToPk().fieldName('subscription_id').index(),
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id').strictNullable(),
    key: text().unique(),
    days: int(),
    startsAt: at(),
    endsAt: at(),
    isTrial: flag().default(false),
    trafficLimitBytes: bigint().strictNullable(),
    trafficUsedBytes: bigint().defaultRaw('0'),
    deviceLimit: int().strictNullable(),
    /** The time that was sold or given, and that the allowance was meant for. */
    lengthMs: bigint().strictNullable(),
    createdAt: at(),
  },
})

/** A device with a key of its own (WireGuard, OpenVPN). */
export const DeviceEntity = defineEntity({
  name: 'Device',
  tableName: 'devices',
  uniques: [{ properties: ['subscriptionId', 'requestId'] }],
  indexes: [
    {
      name: 'devices_revoked',
      expression: 'create index "devices_revoked" on "devices" ("revoked_at") where "revoked_at" is not null',
    },
  ],
  properties: {
    id: id<DeviceId>().primary(),
    subscriptionId: () => p.manyToOne(SubscriptionEntity).mapToPk().fieldName('subscription_id').index(),
    name: text(),
    protocol: text<Protocol>(),
    /** Of the button or dialog that asked for it: pressed twice, it makes one device. */
    requestId: text().strictNullable(),
    createdAt: at(),
    revokedAt: at().strictNullable(),
  },
})
export type DeviceRow = InferEntity<typeof DeviceEntity>

/**
 * One subscription on one endpoint, for WireGuard and OpenVPN: for one device. Whoever changes a right writes
 * only the `desired` side; the reconciler makes the endpoint agree and moves `applied` after it.
 */
export const AccessEntity = defineEntity({
  name: 'Access',
  tableName: 'accesses',
  uniques: [{ name: 'accesses_address_unique', properties: ['endpointId', 'address'] }],
  indexes: [
    { properties: ['endpointId', 'id'] },
    {
      name: 'accesses_one_each',
      expression:
        'create unique index "accesses_one_each" on "accesses" ("subscription_id", "endpoint_id", "device_id") nulls not distinct where "removed_at" is null',
    },
    {
      name: 'accesses_removed',
      expression: 'create index "accesses_removed" on "accesses" ("removed_at") where "removed_at" is not null',
    },
    {
      name: 'accesses_of_device',
      expression: 'create index "accesses_of_device" on "accesses" ("device_id") where "device_id" is not null',
    },
    {
      name: 'accesses_behind',
      expression:
        'create index "accesses_behind" on "accesses" ("next_attempt_at") where "applied_revision" < "desired_revision"',
    },
    {
      name: 'accesses_behind_by_endpoint',
      expression:
        'create index "accesses_behind_by_endpoint" on "accesses" ("endpoint_id") where "applied_revision" < "desired_revision"',
    },
    {
      name: 'accesses_ended',
      expression:
        'create index "accesses_ended" on "accesses" ("endpoint_id", "ended_at") where "ended_at" is not null and "removed_at" is null',
    },
    {
      name: 'accesses_cut',
      expression: 'create index "accesses_cut" on "accesses" ("endpoint_id", "cut_at") where "cut_at" is not null',
    },
  ],
  properties: {
    id: id<AccessId>().primary(),
    subscriptionId: () => p.manyToOne(SubscriptionEntity).mapToPk().fieldName('subscription_id').index(),
    endpointId: () => p.manyToOne(EndpointEntity).mapToPk().fieldName('endpoint_id').index(),
    deviceId: () => p.manyToOne(DeviceEntity).mapToPk().fieldName('device_id').strictNullable(),
    /** Encrypted JSON of what was minted for the account, stored before the endpoint is first asked. */
    secrets: text(),
    address: text().strictNullable(),
    desiredRevision: int(),
    appliedRevision: int(),
    /** Encrypted JSON of the documents the driver returned; null until first applied. */
    credentials: text().strictNullable(),
    appliedAt: at().strictNullable(),
    attempts: int().default(0),
    nextAttemptAt: at().strictNullable(),
    lastError: text().strictNullable(),
    /** The same as a cause that the locales know. */
    lastCause: text<EndpointCause>().nullable(),
    /** One worker at a time: others leave it alone until then. */
    leasedUntil: at().strictNullable(),
    /** The endpoint's counters when last read. */
    uploadCounter: bigint(),
    downloadCounter: bigint(),
    uploadBytes: bigint(),
    downloadBytes: bigint(),
    /** Upload and download together when the running stretch began: what came later is on its account. */
    stretchFromBytes: bigint().defaultRaw('0'),
    lastSeenAt: at().strictNullable(),
    createdAt: at(),
    /** When the right that it serves ended; null while that runs. Its place is given to others some time after. */
    endedAt: at().strictNullable(),
    /** When its endpoint was first asked for it; null = no account can be there. */
    askedAt: at().defaultRaw('now()').strictNullable(),
    /** Takes the place of one that was given back: its owner needs a new file. */
    isReissued: flag().default(false),
    /** It was cut then, and its open connections may go on: watched until they are ended. */
    cutAt: at().nullable(),
    /** Not wanted any more; the row stays until the endpoint agrees and the address has rested. */
    removedAt: at().strictNullable(),
  },
})
export type AccessRow = InferEntity<typeof AccessEntity>
