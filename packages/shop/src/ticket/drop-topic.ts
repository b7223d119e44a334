import { TicketEntity, TicketTopicEntity } from '@vpn-kiosk/db'
import type { TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { TopicKey } from './ticket.ts'

/** Telegram says that this topic is gone: the ticket needs a new one. Another topic attached since then stays. */
export async function dropTopic(
  { db }: Pick<ShopDeps, 'db'>,
  { ticketId, chatId, topicId }: TopicKey & { readonly ticketId: TicketId },
): Promise<void> {
  await db.transaction(async (em) => {
    await em.nativeDelete(TicketTopicEntity, { ticketId, chatId: BigInt(chatId), topicId })
    await em.nativeUpdate(TicketEntity, { id: ticketId, topicId }, { topicId: null })
  })
}
