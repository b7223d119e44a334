import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { changeTicketState } from './change-ticket-state.ts'
import { findOpenTicket } from './find-open-ticket.ts'
import { getTicketCustomer } from './get-ticket-customer.ts'
import { lockTicket } from './lock-ticket.ts'
import type { TicketCustomer, TicketKey, TicketRef } from './ticket.ts'
import { toTicketRef } from './to-ticket-ref.ts'

export type ReopenTicketResult =
  | { readonly kind: 'reopened' | 'already_open'; readonly ticket: TicketRef; readonly customer: TicketCustomer }
  /** The customer has another ticket open: one at a time. */
  | { readonly kind: 'superseded'; readonly ticket: TicketRef; readonly open: TicketRef }
  | { readonly kind: 'unknown' }
  | Forbidden

/** Opens a closed ticket again, however old. Whoever may answer tickets may; an audit row says who did. */
export function reopenTicket(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  key: TicketKey,
  actor: Actor,
): Promise<ReopenTicketResult> {
  const now = deps.clock.now()
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'answer_tickets', em))) return { kind: 'forbidden' }
    const ticket = await lockTicket(em, key)
    if (!ticket) return { kind: 'unknown' }
    const customer = await getTicketCustomer(em, ticket.customerId)
    if (ticket.state !== 'closed') return { kind: 'already_open', ticket: toTicketRef(ticket), customer }
    const open = await findOpenTicket(em, ticket.customerId)
    if (open) return { kind: 'superseded', ticket: toTicketRef(ticket), open: toTicketRef(open) }
    await changeTicketState(em, ticket, 'open', null)
    const change = { before: { state: 'closed' }, after: { state: 'open' } }
    await recordAudit(em, { actor: auditedActor(actor), action: 'reopen_ticket', subject: ticket.id, ...change }, now)
    return { kind: 'reopened', ticket: toTicketRef(ticket), customer }
  })
}
