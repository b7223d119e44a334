import { type EntityManager, TicketEntity, type TicketRow } from '@vpn-kiosk/db'
import { statesBefore, type TicketState, ticketTransitions } from '@vpn-kiosk/domain'

/** Compare-and-set by the table of states; false when the ticket was not where it could move from. */
export async function changeTicketState(
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
