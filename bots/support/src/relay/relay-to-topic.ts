import type { ClaimMessagesResult } from '@vpn-kiosk/shop'
import { classifyApiError, sendView } from '@vpn-kiosk/telegram'
import { uncopiedView } from '../features/inbox/views.ts'
import { copyAcross, isHopeless } from './copy-across.ts'
import { ensureTopic, type TopicDeps } from './ensure-topic.ts'

export type Claimed = Extract<ClaimMessagesResult, { kind: 'claimed' }>

const attempts = 3

/**
 * Brings a customer's message into the ticket's topic: makes the topic, makes it anew when it was deleted, opens it
 * when it is closed. False while somebody else makes the topic; throws when the group does not take messages now.
 */
export async function relayToTopic(deps: TopicDeps, claimed: Claimed): Promise<boolean> {
  const { ticket } = claimed
  for (let attempt = 1; ; attempt++) {
    const topicId = await ensureTopic(deps, ticket, claimed.customer)
    if (topicId === null) return false
    try {
      await place(deps, claimed, topicId)
      return true
    } catch (error) {
      const { kind } = classifyApiError(error)
      if (attempt === attempts) throw error
      if (kind === 'topic_closed') {
        await deps.api.reopenForumTopic(deps.groupId, topicId)
      } else if (kind === 'thread_missing') {
        await deps.shop.dropTopic({ ticketId: ticket.id, chatId: deps.groupId, topicId })
      } else throw error
    }
  }
}

async function place(
  { api, shop, groupId, supportGroup }: TopicDeps,
  claimed: Claimed,
  threadId: number,
): Promise<void> {
  const { messages, replyToId } = claimed
  const at = { chatId: groupId, botId: supportGroup.place().botId }
  const from = messages[0].sourceChatId
  try {
    if (from !== null)
      return await shop.settleMessages(await copyAcross(api, { from, to: groupId, threadId, messages, replyToId }), at)
  } catch (error) {
    if (!isHopeless(error)) throw error
  }
  await sendView(api, groupId, uncopiedView(supportGroup.t, messages), { threadId })
  await shop.settleMessages(
    messages.map(({ id }) => ({ id, copyMessageId: null })),
    at,
  )
}
