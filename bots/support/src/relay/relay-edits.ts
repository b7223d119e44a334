import type { TicketCustomer, TicketRef } from '@vpn-kiosk/shop'
import { bounded, classifyApiError } from '@vpn-kiosk/telegram'
import type { Message } from 'grammy/types'
import { undeliveredView } from '../features/answers/views.ts'
import { uncopiedEditView } from '../features/inbox/views.ts'
import { isAway, isHopeless } from './copy-across.ts'
import { ensureTopic, type TopicDeps } from './ensure-topic.ts'
import type { FoundCopy } from './found-copy.ts'
import { relayEdit } from './relay-edit.ts'

type Copied = Extract<FoundCopy, { kind: 'copied' }>

export type EditDeps = TopicDeps & {
  readonly translatorOf: (customer: TicketCustomer) => Parameters<typeof relayEdit>[2]['t']
}

/** Brings a customer's edit into the topic of the ticket in the agents' group of now. */
export async function relayEditToTopic(deps: EditDeps, edited: Message, found: Copied): Promise<void> {
  const { api, shop, groupId, supportGroup } = deps
  const at = { chatId: groupId, botId: supportGroup.place().botId }
  await inTopic(deps, found.ticket, found.customer, async (threadId) => {
    const target = { chatId: groupId, threadId, copyMessageId: found.copyMessageId, t: supportGroup.t }
    try {
      const copyMessageId = await relayEdit(api, edited, target)
      if (copyMessageId !== found.copyMessageId) await shop.replaceCopy({ id: found.id, copyMessageId }, at)
    } catch (error) {
      if (!isHopeless(error)) throw error
      await supportGroup.sayIn(
        threadId,
        uncopiedEditView(supportGroup.t, bounded(edited.text ?? edited.caption ?? '—', 3000)),
      )
    }
  })
}

/** Brings an agent's edit to the customer; when it can't ever arrive the agent is told, under the message. */
export async function relayEditToCustomer(deps: EditDeps, edited: Message, found: Copied): Promise<void> {
  const { api, shop, supportGroup } = deps
  const at = { chatId: Number(found.customer.telegramId), botId: supportGroup.place().botId }
  const { copyMessageId: before } = found
  try {
    const target = { chatId: at.chatId, copyMessageId: before, t: deps.translatorOf(found.customer) }
    const copyMessageId = await relayEdit(api, edited, target)
    if (copyMessageId !== before) await shop.replaceCopy({ id: found.id, copyMessageId }, at)
  } catch (error) {
    const isGone = isAway(error)
    if (!isGone && !isHopeless(error)) throw error
    await supportGroup.say(
      found.ticket.id,
      undeliveredView(supportGroup.t, isGone ? 'away' : 'uncopyable'),
      edited.message_id,
    )
  }
}

/** Once more in a new topic when this one was deleted, or opened when it was closed. */
async function inTopic(
  deps: EditDeps,
  ticket: TicketRef,
  customer: TicketCustomer,
  act: (topicId: number) => Promise<void>,
): Promise<void> {
  for (let isLast = false; ; isLast = true) {
    const topicId = await ensureTopic(deps, ticket, customer)
    if (topicId === null) return
    try {
      return await act(topicId)
    } catch (error) {
      const { kind } = classifyApiError(error)
      if (isLast || (kind !== 'thread_missing' && kind !== 'topic_closed')) throw error
      if (kind === 'topic_closed') await deps.api.reopenForumTopic(deps.groupId, topicId)
      else await deps.shop.dropTopic({ ticketId: ticket.id, chatId: deps.groupId, topicId })
    }
  }
}
