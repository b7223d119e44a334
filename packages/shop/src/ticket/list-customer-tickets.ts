import { TicketEntity } from '@vpn-kiosk/db'
import type { CustomerId, TicketState } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface TicketLine {
  readonly number: number
  readonly subject: string
  readonly state: TicketState
  readonly createdAt: Date
  readonly closedAt: Date | null
}

const shown = 5

/** A customer's own tickets, newest first, at most five. */
export async function listCustomerTickets({ db }: Pick<ShopDeps, 'db'>, customerId: CustomerId): Promise<TicketLine[]> {
  const rows = await db.em().find(TicketEntity, { customerId }, { orderBy: { number: 'desc' }, limit: shown })
  return rows.map(({ number, subject, state, createdAt, closedAt }) => ({
    number,
    subject,
    state,
    createdAt,
    closedAt,
  }))
}
