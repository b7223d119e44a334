import { addMs, minuteMs, type TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { TicketSide } from './ticket.ts'

export interface OwingTicket {
  readonly ticketId: TicketId
  readonly author: TicketSide
  /** Whether pictures of an album are among what is owed: the rest of it may still be on its way. */
  readonly hasAlbum: boolean
}

const pageSize = 200

/** Tickets with messages that did not reach the other side, the longest waiting first, at most 200. */
export async function listOwingTickets({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>): Promise<OwingTicket[]> {
  const rows = await db.em().execute<{ ticket_id: TicketId; author: TicketSide; has_album: boolean }[]>(
    `select ticket_id, author, bool_or(album_id is not null) as has_album from ticket_messages
     where settled_at is null and author in ('customer', 'agent') and (claimed_at is null or claimed_at < ? or claimed_at > ?)
     group by ticket_id, author order by min(created_at) limit ${pageSize}`,
    [addMs(clock.now(), -2 * minuteMs), addMs(clock.now(), 2 * minuteMs)],
  )
  return rows.map(({ ticket_id, author, has_album }) => ({ ticketId: ticket_id, author, hasAlbum: has_album }))
}
