import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { CustomerNotification, Id, SubscriptionId } from '@vpn-kiosk/domain'
import { at, id, json, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'

/**
 * Something to tell a customer, once by its key. `held` waits for the access it announces. May be deleted 90 days after
 * `createdAt` unless it is held or queued.
 */
export const NotificationEntity = defineEntity({
  name: 'Notification',
  tableName: 'notifications',
  indexes: [
    { properties: ['state', 'createdAt'] },
    { properties: ['state', 'queuedAt'] },
    { properties: ['subscriptionId', 'state'] },
  ],
  properties: {
    id: id<Id<'notification'>>().primary(),
    key: text().unique(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id'),
    subscriptionId: text<SubscriptionId>().strictNullable(),
    /** `outdated`: was not true any more when its turn came. `failed`: never to be told; `reason` says why. */
    state: text<'held' | 'queued' | 'sent' | 'unreachable' | 'outdated' | 'failed'>(),
    reason: text().strictNullable(),
    content: json<CustomerNotification>(),
    createdAt: at(),
    /** When its job was last queued; null while it is held. */
    queuedAt: at().strictNullable(),
    sentAt: at().strictNullable(),
  },
})
export type NotificationRow = InferEntity<typeof NotificationEntity>
