import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { changeTicketState } from './change-ticket-state.ts'
import { getTicketCustomer } from './get-ticket-customer.ts'
import { lockTicket } from './lock-ticket.ts'
import type { TicketCustomer, TicketKey, TicketRef } from './ticket.ts'
import { toTicketRef } from './to-ticket-ref.ts'

export type CloseTicketResult =
  | { readonly kind: 'closed' | 'already_closed'; readonly ticket: TicketRef; readonly customer: TicketCustomer }
  | { readonly kind: 'unknown' }
  | Forbidden

/** Closes a ticket, once. Whoever may answer tickets may; an audit row says who did. */
export function closeTicket(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  key: TicketKey,
  actor: Actor,
): Promise<CloseTicketResult> {
  const now = deps.clock.now()
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'answer_tickets', em))) return { kind: 'forbidden' }
    const ticket = await lockTicket(em, key)
    if (!ticket) return { kind: 'unknown' }
    const before = { state: ticket.state }
    const isClosed = await changeTicketState(em, ticket, 'closed', now)
    if (isClosed) {
      const note = {
        actor: auditedActor(actor),
        action: 'close_ticket',
        subject: ticket.id,
        before,
        after: { state: 'closed' },
      }
      await recordAudit(em, note, now)
    }
    const customer = await getTicketCustomer(em, ticket.customerId)
    return { kind: isClosed ? 'closed' : 'already_closed', ticket: toTicketRef(ticket), customer }
  })
}
