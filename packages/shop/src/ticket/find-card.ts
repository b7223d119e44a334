import { TicketTopicEntity } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** The ticket's card in this group; null when none was shown there. */
export async function findCard(
  { db }: Pick<ShopDeps, 'db'>,
  ticketId: TicketId,
  groupId: number,
): Promise<number | null> {
  const topic = await db.em().findOne(TicketTopicEntity, { ticketId, chatId: BigInt(groupId) })
  return topic?.cardMessageId ?? null
}
