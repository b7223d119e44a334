import type { TicketCustomer, TicketRef } from '@vpn-kiosk/shop'
import { bounded } from '@vpn-kiosk/telegram'
import { historyView } from '../features/ticket/views.ts'
import { adoptTopic } from './adopt-topic.ts'
import type { SupportGroup, SupportGroupDeps } from './support-group.ts'

const topicNameLength = 128
/** One of the six colours that Telegram offers: blue. */
const iconColor = 7_322_096

export type TopicDeps = Pick<SupportGroupDeps, 'api' | 'shop' | 'groupId'> & { readonly supportGroup: SupportGroup }

/**
 * The ticket's topic in the agents' group, made when there is none there, with the customer's card as its first message
 * and what was said before. Null while somebody else makes it. Throws what the Bot API refuses; the next one may try then.
 */
export async function ensureTopic(
  deps: TopicDeps,
  ticket: TicketRef,
  customer: TicketCustomer,
): Promise<number | null> {
  const { shop, groupId } = deps
  const known = await shop.findTopic(ticket.id, groupId)
  if (known !== null) return known
  const bare = await shop.findBareTopic({ ticketId: ticket.id })
  if (bare && (await adoptTopic(deps, bare))) return bare.topicId
  const claimed = await shop.claimTopic(ticket.id, groupId)
  if (claimed.kind === 'attached') return claimed.topicId
  if (claimed.kind === 'busy') return null
  return makeTopic(deps, ticket, customer, claimed.claim)
}

async function makeTopic(
  { api, shop, groupId, supportGroup }: TopicDeps,
  ticket: TicketRef,
  customer: TicketCustomer,
  claim: Date,
): Promise<number | null> {
  const of = { ticketId: ticket.id, claim }
  const name = bounded(`#${ticket.number} ${customer.fullName}`, topicNameLength)
  const topicId = await api
    .createForumTopic(groupId, name, { icon_color: iconColor })
    .then((topic) => topic.message_thread_id)
    .catch(async (error: unknown) => {
      await shop.releaseTopic(of)
      throw error
    })
  // Our claim had lapsed and another topic is in use: this one would only confuse.
  if (!(await shop.attachTopic({ ...of, chatId: groupId, topicId }))) {
    await api.deleteForumTopic(groupId, topicId).catch(() => {})
    return null
  }
  await supportGroup.showCard(topicId, 'operator')
  const history = await shop.readTicketHistory(ticket.id)
  if (history.length > 0) await supportGroup.sayIn(topicId, historyView(supportGroup.t, history))
  return topicId
}
