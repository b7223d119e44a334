import { type EntityManager, LockMode, TicketEntity, type TicketRow, TicketTopicEntity } from '@vpn-kiosk/db'
import {
  type CustomerId,
  cutText,
  hourMs,
  type Id,
  type Language,
  statesBefore,
  type TicketId,
  type TicketState,
  ticketTransitions,
  tidyName,
} from '@vpn-kiosk/domain'

/** A ticket as both sides name it. */
export interface TicketRef {
  readonly id: TicketId
  /** Counted from 1: `#17`. */
  readonly number: number
  readonly state: TicketState
}

/** Where the agents are now: their group, and the bot that brings messages there. */
export interface DeskPlace {
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

/** How long a closed ticket is taken up again by a customer's message, instead of a new one. */
export const reopenWithinMs = 24 * hourMs

const storedText = 4096
const storedName = 128

export const boundedText = (text: string | null): string | null => (text === null ? null : cutText(text, storedText))
export const boundedName = (name: string): string => tidyName(name, storedName)

export const toTicketRef = ({ id, number, state }: TicketRow): TicketRef => ({ id, number, state })

/**
 * One at a time for each customer: whoever opens, closes or answers waits here. Taken before the ticket's own lock,
 * so that nobody waits in a circle.
 */
export async function lockDesk(em: EntityManager, customerId: CustomerId): Promise<void> {
  await em.execute('select 1 from customers where id = ? for no key update', [customerId])
}

export const findOpenTicket = (em: EntityManager, customerId: CustomerId): Promise<TicketRow | null> =>
  em.findOne(TicketEntity, { customerId, state: { $ne: 'closed' } }, { lockMode: LockMode.PESSIMISTIC_WRITE })

/** A forum topic: its number is counted in its group, so that another group has the same one. */
export interface TopicKey {
  readonly chatId: number
  readonly topicId: number
}

/** Of a ticket, by its id or by its topic. */
export type TicketKey = { readonly ticketId: TicketId } | TopicKey

/** The ticket that a key means; null when there is none. */
export async function findTicket(em: EntityManager, key: TicketKey): Promise<TicketRow | null> {
  if ('ticketId' in key) return em.findOne(TicketEntity, { id: key.ticketId })
  const topic = await em.findOne(TicketTopicEntity, { chatId: BigInt(key.chatId), topicId: key.topicId })
  return topic && em.findOne(TicketEntity, { id: topic.ticketId })
}

/** Finds and locks a ticket together with its customer's desk; null when there is none. */
export async function lockTicket(em: EntityManager, key: TicketKey): Promise<TicketRow | null> {
  const found = await findTicket(em, key)
  if (!found) return null
  await lockDesk(em, found.customerId)
  return em.findOne(TicketEntity, { id: found.id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
}

/** Compare-and-set by the table of states; false when the ticket was not where it could move from. */
export async function moveTicket(
  em: EntityManager,
  ticket: TicketRow,
  to: TicketState,
  closedAt: Date | null,
): Promise<boolean> {
  const from = statesBefore(ticketTransitions, to)
  const moved = await em.nativeUpdate(TicketEntity, { id: ticket.id, state: { $in: from } }, { state: to, closedAt })
  if (moved === 0) return false
  ticket.state = to
  ticket.closedAt = closedAt
  return true
}

export type TicketMessageId = Id<'message'>

interface CustomerRow {
  readonly id: CustomerId
  readonly telegram_id: string | bigint
  readonly first_name: string
  readonly last_name: string | null
  readonly language: Language
}

export async function getTicketCustomer(em: EntityManager, customerId: CustomerId): Promise<TicketCustomer> {
  const [row] = await em.execute<CustomerRow[]>(
    'select id, telegram_id, first_name, last_name, language from customers where id = ?',
    [customerId],
  )
  if (!row) throw new Error(`no customer ${customerId}`)
  return {
    id: row.id,
    telegramId: BigInt(row.telegram_id),
    fullName: [row.first_name, row.last_name].filter(Boolean).join(' '),
    language: row.language,
  }
}

/** Which way a message travels: its author's side. */
export type TicketSide = 'customer' | 'agent'
