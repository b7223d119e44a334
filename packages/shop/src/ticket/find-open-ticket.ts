import { type EntityManager, LockMode, TicketEntity, type TicketRow } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'

export const findOpenTicket = (em: EntityManager, customerId: CustomerId): Promise<TicketRow | null> =>
  em.findOne(TicketEntity, { customerId, state: { $ne: 'closed' } }, { lockMode: LockMode.PESSIMISTIC_WRITE })
