import { TicketMessageEntity } from '@vpn-kiosk/db'
import type { MessageAuthor, TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface HistoryLine {
  readonly author: MessageAuthor
  readonly authorName: string
  readonly kind: string
  readonly text: string | null
}

const shown = 10

/** What was said in a ticket and carried already, the last ten messages in their order. */
export async function readTicketHistory({ db }: Pick<ShopDeps, 'db'>, ticketId: TicketId): Promise<HistoryLine[]> {
  const rows = await db
    .em()
    .find(TicketMessageEntity, { ticketId, settledAt: { $ne: null } }, { orderBy: { createdAt: 'desc' }, limit: shown })
  return rows.reverse().map(({ author, authorName, kind, text }) => ({ author, authorName, kind, text }))
}
