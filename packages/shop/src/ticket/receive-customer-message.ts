import { CustomerEntity, type EntityManager, TicketEntity, type TicketRow } from '@vpn-kiosk/db'
import { addMs, type CustomerId, dayMs, hourMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { changeTicketState } from './change-ticket-state.ts'
import { findOpenTicket } from './find-open-ticket.ts'
import { lockCustomerTickets } from './lock-customer-tickets.ts'
import { openTicket } from './open-ticket.ts'
import { storeMessage } from './store-message.ts'
import type { IncomingMessage, TicketRef } from './ticket.ts'
import { toTicketRef } from './to-ticket-ref.ts'

/** How long a closed ticket is taken up again by a customer's message, instead of a new one. */
const reopenWithinMs = 24 * hourMs

/**
 * `opened`: the first message of a new ticket. `reopened`: the ticket had been closed less than 24 hours ago.
 * `repeated`: this very message is stored already, and nothing changed.
 */
export interface ReceiveCustomerMessageResult {
  readonly kind: 'opened' | 'appended' | 'reopened' | 'repeated'
  readonly ticket: TicketRef
}

/** Telegram repeats an update for 24 hours at most; after that the same number is another chat's message. */
const replayMs = 2 * dayMs

/**
 * Stores what a customer wrote to support, in the one ticket they have open, or opens it. Two first messages at once
 * make one ticket; the same message twice is stored once. It is owed to the agents from then on (`claimMessages`).
 * Whoever is banned from the shop may still write here.
 */
export function receiveCustomerMessage(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
  message: IncomingMessage,
): Promise<ReceiveCustomerMessageResult> {
  const now = clock.now()
  return db.transaction(async (em) => {
    await lockCustomerTickets(em, customerId)
    const stored = await findReplay(em, customerId, message, now)
    if (stored) return { kind: 'repeated', ticket: toTicketRef(stored) }
    const { kind, ticket } = await findOrOpen(em, customerId, message, now)
    const { firstName } = await em.findOneOrFail(CustomerEntity, { id: customerId })
    const isNew = await storeMessage(em, ticket, { ...message, author: 'customer', authorName: firstName }, now)
    if (isNew && ticket.state === 'waiting') await changeTicketState(em, ticket, 'open', null)
    return { kind: isNew ? kind : 'repeated', ticket: toTicketRef(ticket) }
  })
}

async function findReplay(
  em: EntityManager,
  customerId: CustomerId,
  { chatId, botId, sourceMessageId }: IncomingMessage,
  now: Date,
): Promise<TicketRow | null> {
  const row = await em
    .getKysely()
    .selectFrom('ticket_messages as m')
    .innerJoin('tickets as t', 't.id', 'm.ticket_id')
    .select('t.id')
    .where('t.customer_id', '=', customerId)
    .where('m.author', '=', 'customer')
    .where('m.source_id', '=', sourceMessageId)
    .where('m.source_chat_id', '=', String(chatId))
    .where('m.source_bot_id', '=', String(botId))
    .where('m.created_at', '>', addMs(now, -replayMs))
    .limit(1)
    .executeTakeFirst()
  return row ? em.findOneOrFail(TicketEntity, { id: row.id }) : null
}

async function findOrOpen(
  em: EntityManager,
  customerId: CustomerId,
  message: IncomingMessage,
  now: Date,
): Promise<{ kind: 'opened' | 'appended' | 'reopened'; ticket: TicketRow }> {
  const open = await findOpenTicket(em, customerId)
  if (open) return { kind: 'appended', ticket: open }
  const recent = await em.findOne(
    TicketEntity,
    { customerId, state: 'closed', closedAt: { $gt: addMs(now, -reopenWithinMs) } },
    { orderBy: { closedAt: 'desc' } },
  )
  if (recent && (await changeTicketState(em, recent, 'open', null))) return { kind: 'reopened', ticket: recent }
  return { kind: 'opened', ticket: await openTicket(em, customerId, message, now) }
}
