import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type {
  BroadcastId,
  BroadcastState,
  CustomerNotice,
  Id,
  MessageAuthor,
  RecipientState,
  SubscriptionId,
  TicketId,
  TicketPriority,
  TicketState,
} from '@vpn-kiosk/domain'
import { at, bigint, id, int, json, text } from './columns.ts'
import { CustomerEntity, StaffEntity } from './people.ts'

export const TicketEntity = defineEntity({
  name: 'Ticket',
  tableName: 'tickets',
  indexes: [
    { properties: ['state', 'createdAt'] },
    {
      name: 'tickets_one_open',
      expression: `create unique index "tickets_one_open" on "tickets" ("customer_id") where "state" <> 'closed'`,
    },
  ],
  properties: {
    id: id<TicketId>().primary(),
    number: p.integer().autoincrement().unique(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id').index(),
    subject: text(),
    state: text<TicketState>(),
    priority: text<TicketPriority>(),
    /** The forum topic; null until Telegram made one, and again after it was deleted. */
    topicId: int().strictNullable().index(),
    assigneeId: () => p.manyToOne(StaffEntity).mapToPk().fieldName('assignee_id').strictNullable(),
    rating: int().strictNullable(),
    createdAt: at(),
    closedAt: at().strictNullable(),
    lastMessageAt: at(),
  },
})
export type TicketRow = InferEntity<typeof TicketEntity>

/** One message and where its copy stands on the other side. */
export const TicketMessageEntity = defineEntity({
  name: 'TicketMessage',
  tableName: 'ticket_messages',
  indexes: [{ properties: ['ticketId', 'createdAt'] }],
  uniques: [{ properties: ['ticketId', 'author', 'sourceMessageId'] }],
  properties: {
    id: id<Id<'message'>>().primary(),
    ticketId: () => p.manyToOne(TicketEntity).mapToPk().fieldName('ticket_id'),
    author: text<MessageAuthor>(),
    authorName: text(),
    kind: text(),
    text: text().strictNullable(),
    sourceMessageId: int(),
    copyMessageId: int().strictNullable(),
    createdAt: at(),
  },
})

export const BroadcastEntity = defineEntity({
  name: 'Broadcast',
  tableName: 'broadcasts',
  properties: {
    id: id<BroadcastId>().primary(),
    authorTelegramId: bigint(),
    text: text(),
    state: text<BroadcastState>(),
    total: int(),
    createdAt: at(),
    startedAt: at().strictNullable(),
    finishedAt: at().strictNullable(),
  },
})
export type BroadcastRow = InferEntity<typeof BroadcastEntity>

export const RecipientEntity = defineEntity({
  name: 'Recipient',
  tableName: 'broadcast_recipients',
  indexes: [{ properties: ['broadcastId', 'state'] }],
  properties: {
    broadcastId: () => p.manyToOne(BroadcastEntity).mapToPk().fieldName('broadcast_id').primary(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id').primary(),
    state: text<RecipientState>(),
    at: at().strictNullable(),
  },
})

/** Something to tell a customer, once by its key. `held` waits for the access it announces. */
export const NoticeEntity = defineEntity({
  name: 'Notice',
  tableName: 'notices',
  indexes: [{ properties: ['state', 'createdAt'] }, { properties: ['subscriptionId', 'state'] }],
  properties: {
    id: id<Id<'notice'>>().primary(),
    key: text().unique(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id'),
    subscriptionId: text<SubscriptionId>().strictNullable(),
    state: text<'held' | 'queued' | 'sent' | 'unreachable'>(),
    notice: json<CustomerNotice>(),
    createdAt: at(),
    sentAt: at().strictNullable(),
  },
})
export type NoticeRow = InferEntity<typeof NoticeEntity>
