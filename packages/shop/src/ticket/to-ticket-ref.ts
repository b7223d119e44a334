import type { TicketRow } from '@vpn-kiosk/db'
import type { TicketRef } from './ticket.ts'

export const toTicketRef = ({ id, number, state }: TicketRow): TicketRef => ({ id, number, state })
