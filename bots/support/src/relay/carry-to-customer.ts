import { classifyApiError } from '@vpn-kiosk/telegram'
import { undeliveredView } from '../features/answers/views.ts'
import type { Claimed } from './carry-to-topic.ts'
import { copyAcross, isHopeless } from './copy-across.ts'
import type { TopicDeps } from './ensure-topic.ts'

/**
 * Brings an agent's message to the customer, in the shop's name. When it can't ever arrive the agent is told, under
 * the message. Always true; throws when it may arrive later.
 */
export async function carryToCustomer({ api, shop, groupId, desk }: TopicDeps, claimed: Claimed): Promise<boolean> {
  const { ticket, customer, messages, replyToId } = claimed
  try {
    const to = Number(customer.telegramId)
    await shop.settleMessages(await copyAcross(api, { from: groupId, to, messages, replyToId }))
  } catch (error) {
    const { kind } = classifyApiError(error)
    const isAway = kind === 'blocked' || kind === 'chat_missing'
    if (!isAway && !isHopeless(error)) throw error
    await shop.settleMessages(messages.map(({ id }) => ({ id, copyMessageId: null })))
    const view = undeliveredView(desk.t, isAway ? 'away' : 'uncopyable')
    await desk.say(ticket.topicId, view, messages[0].sourceMessageId)
  }
  return true
}
