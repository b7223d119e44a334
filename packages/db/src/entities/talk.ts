import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type {
  BroadcastId,
  BroadcastState,
  CustomerId,
  CustomerNotification,
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
    /** The newest topic without its group, for processes that don't know `ticket_topics` yet. */
    topicId: int().strictNullable().index(),
    /** When somebody set out to make the topic: nobody else does, until this is old. */
    topicClaimedAt: at().strictNullable(),
    assigneeId: () => p.manyToOne(StaffEntity).mapToPk().fieldName('assignee_id').strictNullable(),
    rating: int().strictNullable(),
    createdAt: at(),
    closedAt: at().strictNullable(),
    lastMessageAt: at(),
  },
})
export type TicketRow = InferEntity<typeof TicketEntity>

/** The topics of a ticket, one in each group that ever was the agents': a topic's number means nothing without its group. */
export const TicketTopicEntity = defineEntity({
  name: 'TicketTopic',
  tableName: 'ticket_topics',
  uniques: [{ properties: ['ticketId', 'chatId'] }],
  properties: {
    chatId: bigint().primary(),
    topicId: int().primary(),
    ticketId: () => p.manyToOne(TicketEntity).mapToPk().fieldName('ticket_id').deleteRule('cascade'),
    /** The newest card in it, which is kept true. */
    cardMessageId: int().strictNullable(),
    createdAt: at(),
  },
})

/**
 * One message and where its copy stands on the other side. A place in Telegram is a chat, a bot and a number: numbers
 * are counted in each chat, and in private chats for each bot. Null = stored before places were kept whole.
 */
export const TicketMessageEntity = defineEntity({
  name: 'TicketMessage',
  tableName: 'ticket_messages',
  indexes: [
    { properties: ['ticketId', 'createdAt'] },
    {
      name: 'ticket_messages_unsettled',
      expression: `create index "ticket_messages_unsettled" on "ticket_messages" ("ticket_id") where "settled_at" is null`,
    },
  ],
  uniques: [
    { properties: ['ticketId', 'author', 'sourceMessageId'] },
    {
      name: 'ticket_messages_source',
      properties: ['ticketId', 'author', 'sourceChatId', 'sourceBotId', 'sourceId'],
    },
  ],
  properties: {
    id: id<Id<'message'>>().primary(),
    ticketId: () => p.manyToOne(TicketEntity).mapToPk().fieldName('ticket_id'),
    author: text<MessageAuthor>(),
    authorName: text(),
    kind: text(),
    text: text().strictNullable(),
    /** Unique in the ticket, and mostly the same as `sourceId`: for processes that don't know places yet. */
    sourceMessageId: int(),
    sourceChatId: bigint().strictNullable(),
    sourceBotId: bigint().strictNullable(),
    /** The message's own number in the chat where it was written. */
    sourceId: int().strictNullable(),
    /** Messages sent together: Telegram's `media_group_id`. */
    albumId: text().strictNullable(),
    /** The message it answers, on its author's side. */
    replyToId: int().strictNullable(),
    copyChatId: bigint().strictNullable(),
    copyBotId: bigint().strictNullable(),
    copyMessageId: int().strictNullable(),
    /** When somebody set out to copy it: nobody else does, until this is old. */
    claimedAt: at().strictNullable(),
    /** Copied, given up, or nothing to copy (a note); null = still owed to the other side. */
    settledAt: at().strictNullable(),
    createdAt: at(),
  },
})
export type TicketMessageRow = InferEntity<typeof TicketMessageEntity>

export const BroadcastEntity = defineEntity({
  name: 'Broadcast',
  tableName: 'broadcasts',
  properties: {
    id: id<BroadcastId>().primary(),
    authorTelegramId: bigint(),
    text: text(),
    state: text<BroadcastState>(),
    /** How many are to get it: about, until `filledAt`. */
    total: int(),
    /** The last customer who was judged, in the order of their ids; null before the first page. */
    filledTo: text<CustomerId>().strictNullable(),
    /** When all recipients were written down; null before. */
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
