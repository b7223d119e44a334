import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { DeviceId, Protocol } from '@vpn-kiosk/domain'
import { at, id, text } from './columns.ts'
import { SubscriptionEntity } from './subscription.ts'

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
