import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Id, MessageAuthor, TicketId, TicketState } from '@vpn-kiosk/domain'
import { at, bigint, id, int, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'
import { StaffEntity } from './staff.ts'

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
    /** The newest topic without its group, for processes that don't know `ticket_topics` yet. */
    topicId: int().strictNullable().index(),
    /** When a process began to create the topic: until this is old, no other process does. */
    topicClaimedAt: at().strictNullable(),
    assigneeId: () => p.manyToOne(StaffEntity).mapToPk().fieldName('assignee_id').strictNullable(),
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
    /** The newest card in the topic; the bot edits it when the ticket changes. */
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
    /** When a process began to copy the message: until this is old, no other process does. */
    claimedAt: at().strictNullable(),
    /** Copied, given up, or nothing to copy (a note); null = still owed to the other side. */
    settledAt: at().strictNullable(),
    createdAt: at(),
  },
})
export type TicketMessageRow = InferEntity<typeof TicketMessageEntity>
