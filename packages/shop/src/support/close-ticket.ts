import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import {
  getTicketCustomer,
  lockTicket,
  moveTicket,
  type TicketCustomer,
  type TicketKey,
  type TicketRef,
  toTicketRef,
} from './ticket.ts'

export type CloseTicketResult =
  | { readonly kind: 'closed' | 'already_closed'; readonly ticket: TicketRef; readonly customer: TicketCustomer }
  | { readonly kind: 'unknown' }

/** Closes a ticket, once. Any member of the support group may (see `receiveAgentMessage`); an audit row says who did. */
export function closeTicket(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  key: TicketKey,
  agent: bigint,
): Promise<CloseTicketResult> {
  const now = clock.now()
  return db.transaction(async (em) => {
    const ticket = await lockTicket(em, key)
    if (!ticket) return { kind: 'unknown' }
    const before = { state: ticket.state }
    const isClosed = await moveTicket(em, ticket, 'closed', now)
    if (isClosed) {
      const note = { actor: agent, action: 'close_ticket', subject: ticket.id, before, after: { state: 'closed' } }
      await recordAudit(em, note, now)
    }
    const customer = await getTicketCustomer(em, ticket.customerId)
    return { kind: isClosed ? 'closed' : 'already_closed', ticket: toTicketRef(ticket), customer }
  })
}
