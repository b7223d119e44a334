import { TicketTopicEntity } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** The ticket's topic in this group; null when it has none there. */
export async function findTopic(
  { db }: Pick<ShopDeps, 'db'>,
  ticketId: TicketId,
  groupId: number,
): Promise<number | null> {
  const topic = await db.em().findOne(TicketTopicEntity, { ticketId, chatId: BigInt(groupId) })
  return topic?.topicId ?? null
}
