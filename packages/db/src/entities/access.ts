import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { AccessId, EndpointCause } from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, text } from './columns.ts'
import { DeviceEntity } from './device.ts'
import { EndpointEntity } from './server.ts'
import { SubscriptionEntity } from './subscription.ts'

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
    /** The end of the worker's lease: until then no other worker provisions this access. */
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
    /** When the access was given up. The row stays until the endpoint has removed it and its address may be reused. */
    removedAt: at().strictNullable(),
  },
})
export type AccessRow = InferEntity<typeof AccessEntity>
