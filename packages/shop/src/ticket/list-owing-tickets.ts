import { sql } from '@vpn-kiosk/db'
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
  const rows = await db
    .getKysely()
    .selectFrom('ticket_messages')
    .select(['ticket_id', 'author', sql<boolean>`bool_or(album_id is not null)`.as('has_album')])
    .where('settled_at', 'is', null)
    .where('author', 'in', ['customer', 'agent'])
    .$narrowType<{ author: TicketSide }>()
    .where((eb) =>
      eb.or([
        eb('claimed_at', 'is', null),
        eb('claimed_at', '<', addMs(clock.now(), -2 * minuteMs)),
        eb('claimed_at', '>', addMs(clock.now(), 2 * minuteMs)),
      ]),
    )
    .groupBy(['ticket_id', 'author'])
    .orderBy((eb) => eb.fn.min('created_at'))
    .limit(pageSize)
    .execute()
  return rows.map(({ ticket_id, author, has_album }) => ({ ticketId: ticket_id, author, hasAlbum: has_album }))
}
