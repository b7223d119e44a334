import { type EntityManager, TicketMessageEntity, type TicketRow } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { changeTicketState } from './change-ticket-state.ts'
import { findOpenTicket } from './find-open-ticket.ts'
import { getTicketCustomer } from './get-ticket-customer.ts'
import { lockTicket } from './lock-ticket.ts'
import { storeMessage } from './store-message.ts'
import type { IncomingMessage, TicketCustomer, TicketRef } from './ticket.ts'
import { toTicketRef } from './to-ticket-ref.ts'

export interface AgentMessage extends IncomingMessage {
  readonly topicId: number
  readonly agentName: string
  /** An internal note: kept, never sent to the customer. */
  readonly isNote: boolean
}

export type ReceiveAgentMessageResult =
  /** Owed to the customer from now on. `isReopened`: the ticket had been closed, and is open again. */
  | {
      readonly kind: 'accepted'
      readonly ticket: TicketRef
      readonly customer: TicketCustomer
      readonly isReopened: boolean
    }
  | { readonly kind: 'noted' | 'repeated'; readonly ticket: TicketRef }
  /** This ticket is closed and the customer has another one open: nothing was stored, answer there. */
  | { readonly kind: 'superseded'; readonly ticket: TicketRef; readonly open: TicketRef }
  /** A topic that is none of ours. */
  | { readonly kind: 'unknown_topic' }
  | Forbidden

/**
 * Stores what an agent wrote in a ticket's topic. Being in the group is not enough: without a role that may answer
 * tickets nothing is stored, and so nothing reaches the customer.
 */
export function receiveAgentMessage(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  message: AgentMessage,
): Promise<ReceiveAgentMessageResult> {
  const now = deps.clock.now()
  return deps.db.transaction(async (em) => {
    const ticket = await lockTicket(em, message)
    if (!ticket) return { kind: 'unknown_topic' }
    if (!(await hasPermission(deps, actor, 'answer_tickets', em))) return { kind: 'forbidden' }
    const isNote = message.isNote || (await isNotedAlbum(em, ticket, message))
    const toStore = { ...message, author: isNote ? 'note' : 'agent', authorName: message.agentName } as const
    if (isNote) {
      await keepAlbumInside(em, ticket, message, now)
      const isNew = await storeMessage(em, ticket, toStore, now)
      return { kind: isNew ? 'noted' : 'repeated', ticket: toTicketRef(ticket) }
    }
    const open = ticket.state === 'closed' ? await findOpenTicket(em, ticket.customerId) : null
    if (open) return { kind: 'superseded', ticket: toTicketRef(ticket), open: toTicketRef(open) }
    if (!(await storeMessage(em, ticket, toStore, now))) return { kind: 'repeated', ticket: toTicketRef(ticket) }
    const isReopened = await takeUp(em, ticket)
    const customer = await getTicketCustomer(em, ticket.customerId)
    return { kind: 'accepted', ticket: toTicketRef(ticket), customer, isReopened }
  })
}

/** One picture of an album carries the words for all of them: where it is a note, the others are too. */
async function isNotedAlbum(
  em: EntityManager,
  ticket: TicketRow,
  { albumId, chatId }: IncomingMessage,
): Promise<boolean> {
  if (albumId === null) return false
  const of = { ticketId: ticket.id, albumId, sourceChatId: BigInt(chatId), author: 'note' } as const
  return (await em.count(TicketMessageEntity, of)) > 0
}

/** The pictures that came before the words. */
async function keepAlbumInside(
  em: EntityManager,
  ticket: TicketRow,
  { albumId, chatId }: IncomingMessage,
  now: Date,
): Promise<void> {
  if (albumId === null) return
  const owed = { author: 'agent', settledAt: null, claimedAt: null } as const
  const of = { ticketId: ticket.id, albumId, sourceChatId: BigInt(chatId) }
  await em.nativeUpdate(TicketMessageEntity, { ...of, ...owed }, { author: 'note', settledAt: now })
}

/** After an agent's word the ball is with the customer; true when the ticket had to be opened for it. */
export async function takeUp(em: EntityManager, ticket: TicketRow): Promise<boolean> {
  const isReopened = ticket.state === 'closed' && (await changeTicketState(em, ticket, 'open', null))
  await changeTicketState(em, ticket, 'waiting', null)
  return isReopened
}
