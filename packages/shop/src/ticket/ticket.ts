import type { CustomerId, Id, Language, TicketId, TicketState } from '@vpn-kiosk/domain'

/** A ticket as both sides name it. */
export interface TicketRef {
  readonly id: TicketId
  /** Counted from 1: `#17`. */
  readonly number: number
  readonly state: TicketState
}

/** Where the agents are now: their group, and the bot that brings messages there. */
export interface SupportGroupPlace {
  readonly groupId: number
  readonly botId: number
}

/** Who is at the other end of a ticket. */
export interface TicketCustomer {
  readonly id: CustomerId
  readonly telegramId: bigint
  readonly fullName: string
  readonly language: Language
}

/** What a side wrote, as its chat numbers it. */
export interface IncomingMessage {
  /** The chat where it was written, and the bot that heard it: numbers are counted for each. */
  readonly chatId: number
  readonly botId: number
  /** The id of the message in that chat. */
  readonly sourceMessageId: number
  /** `text`, `photo`, `voice` …: Telegram's name of the content. */
  readonly kind: string
  /** Text or caption; bounded when stored. */
  readonly text: string | null
  /** Messages sent together share one. */
  readonly albumId: string | null
  /** The message it answers, in the same chat. */
  readonly replyToId: number | null
}

/** A forum topic: its number is counted in its group, so that another group has the same one. */
export interface TopicKey {
  readonly chatId: number
  readonly topicId: number
}

/** Of a ticket, by its id or by its topic. */
export type TicketKey = { readonly ticketId: TicketId } | TopicKey

export type TicketMessageId = Id<'message'>

/** Which way a message travels: its author's side. */
export type TicketSide = 'customer' | 'agent'
