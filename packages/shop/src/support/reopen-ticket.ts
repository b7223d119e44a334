import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import {
  findOpenTicket,
  getTicketCustomer,
  lockTicket,
  moveTicket,
  type TicketCustomer,
  type TicketKey,
  type TicketRef,
  toTicketRef,
} from './ticket.ts'

export type ReopenTicketResult =
  | { readonly kind: 'reopened' | 'already_open'; readonly ticket: TicketRef; readonly customer: TicketCustomer }
  /** The customer has another ticket open: one at a time. */
  | { readonly kind: 'superseded'; readonly ticket: TicketRef; readonly open: TicketRef }
  | { readonly kind: 'unknown' }

/** Opens a closed ticket again, however old. Any member of the support group may; an audit row says who did. */
export function reopenTicket(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  key: TicketKey,
  agent: bigint,
): Promise<ReopenTicketResult> {
  const now = clock.now()
  return db.transaction(async (em) => {
    const ticket = await lockTicket(em, key)
    if (!ticket) return { kind: 'unknown' }
    const customer = await getTicketCustomer(em, ticket.customerId)
    if (ticket.state !== 'closed') return { kind: 'already_open', ticket: toTicketRef(ticket), customer }
    const open = await findOpenTicket(em, ticket.customerId)
    if (open) return { kind: 'superseded', ticket: toTicketRef(ticket), open: toTicketRef(open) }
    await moveTicket(em, ticket, 'open', null)
    const change = { before: { state: 'closed' }, after: { state: 'open' } }
    await recordAudit(em, { actor: agent, action: 'reopen_ticket', subject: ticket.id, ...change }, now)
    return { kind: 'reopened', ticket: toTicketRef(ticket), customer }
  })
}
