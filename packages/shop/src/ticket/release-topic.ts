import { TicketEntity } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** No topic could be made: the next one may try. */
export async function releaseTopic(
  { db }: Pick<ShopDeps, 'db'>,
  of: { readonly ticketId: TicketId; readonly claim: Date },
): Promise<void> {
  await db.em().nativeUpdate(TicketEntity, { id: of.ticketId, topicClaimedAt: of.claim }, { topicClaimedAt: null })
}
