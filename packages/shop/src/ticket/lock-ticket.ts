import { type EntityManager, LockMode, TicketEntity, type TicketRow } from '@vpn-kiosk/db'
import { findTicket } from './find-ticket.ts'
import { lockCustomerTickets } from './lock-customer-tickets.ts'
import type { TicketKey } from './ticket.ts'

/** Finds and locks a ticket, after its customer's tickets as a whole; null when there is none. */
export async function lockTicket(em: EntityManager, key: TicketKey): Promise<TicketRow | null> {
  const found = await findTicket(em, key)
  if (!found) return null
  await lockCustomerTickets(em, found.customerId)
  return em.findOne(TicketEntity, { id: found.id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
}
