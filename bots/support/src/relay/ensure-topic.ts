import type { TicketCustomer, TicketRef } from '@vpn-kiosk/shop'
import { bounded } from '@vpn-kiosk/telegram'
import type { Desk, DeskDeps } from './desk.ts'

const topicNameLength = 128
/** One of the six colours that Telegram offers: blue. */
const iconColor = 7_322_096

export type TopicDeps = Pick<DeskDeps, 'api' | 'shop' | 'groupId'> & { readonly desk: Desk }

/**
 * The ticket's topic, made when there is none, with the customer's card as its first message. Null while somebody else
 * makes it. Throws what the Bot API refuses; the next one may try then.
 */
export async function ensureTopic(
  { api, shop, groupId, desk }: TopicDeps,
  ticket: TicketRef,
  customer: TicketCustomer,
): Promise<number | null> {
  if (ticket.topicId !== null) return ticket.topicId
  const claimed = await shop.claimTopic(ticket.id)
  if (claimed.kind === 'attached') return claimed.topicId
  if (claimed.kind === 'busy') return null
  const of = { ticketId: ticket.id, claim: claimed.claim }
  const name = bounded(`#${ticket.number} ${customer.fullName}`, topicNameLength)
  const topicId = await api
    .createForumTopic(groupId, name, { icon_color: iconColor })
    .then((topic) => topic.message_thread_id)
    .catch(async (error: unknown) => {
      await shop.releaseTopic(of)
      throw error
    })
  // Our claim had lapsed and another topic is in use: this one would only confuse.
  if (!(await shop.attachTopic({ ...of, topicId }))) {
    await api.deleteForumTopic(groupId, topicId).catch(() => {})
    return null
  }
  await desk.showCard(topicId)
  return topicId
}
