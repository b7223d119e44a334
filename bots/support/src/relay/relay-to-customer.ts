import type { SettledMessage } from '@vpn-kiosk/shop'
import { classifyApiError } from '@vpn-kiosk/telegram'
import { undeliveredView } from '../features/answers/views.ts'
import { copyAcross, isAway, isHopeless } from './copy-across.ts'
import type { TopicDeps } from './ensure-topic.ts'
import type { Claimed } from './relay-to-topic.ts'

/**
 * Brings an agent's message to the customer, in the shop's name. When it can't ever arrive the agent is told, under
 * the message. Always true; throws when it may arrive later.
 */
export async function relayToCustomer(deps: TopicDeps, claimed: Claimed): Promise<boolean> {
  const { shop, groupId, supportGroup } = deps
  const { ticket, customer, messages } = claimed
  const place = { chatId: Number(customer.telegramId), botId: supportGroup.place().botId }
  try {
    await shop.settleMessages(await bring(deps, claimed), place)
  } catch (error) {
    const isGone = isAway(error)
    if (!isGone && !isHopeless(error)) throw error
    await shop.settleMessages(
      messages.map(({ id }) => ({ id, copyMessageId: null })),
      place,
    )
    const [{ sourceChatId, sourceMessageId }] = messages
    const view = undeliveredView(supportGroup.t, isGone ? 'away' : 'uncopyable')
    await supportGroup.say(ticket.id, view, sourceChatId === groupId ? sourceMessageId : undefined)
  }
  return true
}

/** An answer that stands in a former group may be out of reach: then its words are sent. */
async function bring({ api, groupId }: TopicDeps, claimed: Claimed): Promise<SettledMessage[]> {
  const { customer, messages, replyToId } = claimed
  const [first] = messages
  const to = Number(customer.telegramId)
  const from = first.sourceChatId
  if (from !== null) {
    try {
      return await copyAcross(api, { from, to, messages, replyToId })
    } catch (error) {
      const { kind } = classifyApiError(error)
      if (from === groupId || first.text === null || kind === 'too_many' || kind === 'unknown_outcome') throw error
    }
  }
  const { message_id: copyMessageId } = await api.sendMessage(to, first.text ?? '')
  return messages.map(({ id }) => ({ id, copyMessageId: id === first.id ? copyMessageId : null }))
}
