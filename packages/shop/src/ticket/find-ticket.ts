import { type EntityManager, TicketEntity, type TicketRow, TicketTopicEntity } from '@vpn-kiosk/db'
import type { TicketKey } from './ticket.ts'

/** The ticket that a key means; null when there is none. */
export async function findTicket(em: EntityManager, key: TicketKey): Promise<TicketRow | null> {
  if ('ticketId' in key) return em.findOne(TicketEntity, { id: key.ticketId })
  const topic = await em.findOne(TicketTopicEntity, { chatId: BigInt(key.chatId), topicId: key.topicId })
  return topic && em.findOne(TicketEntity, { id: topic.ticketId })
}
