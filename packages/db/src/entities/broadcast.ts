import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { BroadcastId, BroadcastState, CustomerId, Language, RecipientState } from '@vpn-kiosk/domain'
import { at, bigint, id, int, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'

export const BroadcastEntity = defineEntity({
  name: 'Broadcast',
  tableName: 'broadcasts',
  properties: {
    id: id<BroadcastId>().primary(),
    authorTelegramId: bigint(),
    text: text(),
    state: text<BroadcastState>(),
    /** The number of recipients; an estimate until `filledAt`. */
    total: int(),
    /** The last customer who was judged, in the order of their ids; null before the first page. */
    filledTo: text<CustomerId>().strictNullable(),
    /** When all recipients were stored; null before. */
    filledAt: at().strictNullable(),
    filled: int().default(0),
    sent: int().default(0),
    unreachable: int().default(0),
    failed: int().default(0),
    createdAt: at(),
    startedAt: at().strictNullable(),
    finishedAt: at().strictNullable(),
  },
})
export type BroadcastRow = InferEntity<typeof BroadcastEntity>

export const RecipientEntity = defineEntity({
  name: 'Recipient',
  tableName: 'broadcast_recipients',
  indexes: [
    { properties: ['broadcastId', 'state'] },
    {
      name: 'broadcast_recipients_queued',
      expression: `create index "broadcast_recipients_queued" on "broadcast_recipients" ("broadcast_id", "customer_id") where "state" = 'queued'`,
    },
  ],
  properties: {
    broadcastId: () => p.manyToOne(BroadcastEntity).mapToPk().fieldName('broadcast_id').primary(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id').primary(),
    state: text<RecipientState>(),
    at: at().strictNullable(),
  },
})

/** A message that shows how far a broadcast has come and is edited until it is over; then the row goes. */
export const BroadcastWatchEntity = defineEntity({
  name: 'BroadcastWatch',
  tableName: 'broadcast_watches',
  indexes: [{ properties: ['broadcastId'] }],
  properties: {
    botId: bigint().primary(),
    chatId: bigint().primary(),
    messageId: int().primary(),
    broadcastId: () =>
      p.manyToOne(BroadcastEntity).mapToPk().fieldName('broadcast_id').deleteRule('cascade').$type<BroadcastId>(),
    language: text<Language>(),
    createdAt: at(),
  },
})
