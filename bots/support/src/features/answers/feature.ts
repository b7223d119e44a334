import type { AgentMessage, ReceiveAgentMessageResult } from '@vpn-kiosk/shop'
import type { BotContext } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { Message } from 'grammy/types'
import type { SupportShop } from '../../context.ts'
import { carryEdit } from '../../relay/carry-edit.ts'
import { findCopy } from '../../relay/find-copy.ts'
import { readMessage } from '../../relay/read-message.ts'
import type { Relay } from '../../relay/relay.ts'
import { supersededView, takenUpView } from '../desk/views.ts'
import { editedView } from '../inbox/views.ts'

export interface AnswersDeps {
  readonly shop: Pick<SupportShop, 'receiveAgentMessage' | 'receiveTicketEdit'>
  readonly relay: Relay
  readonly groupId: number
}

/** What agents write in a ticket's topic goes to the customer; lines that begin with `//` or `/note` stay inside. */
export function answersFeature(deps: AnswersDeps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  // General has no topic; a thread id without the flag belongs to a chain of replies there.
  const inTopic = feature.filter((ctx) => ctx.msg?.is_topic_message === true && isAgent(ctx))
  inTopic.on('message', async (ctx, next) => {
    const message = readAnswer(ctx.message)
    if (message === null) return next()
    await respond(deps, ctx, message, await deps.shop.receiveAgentMessage(message))
  })
  inTopic.on('edited_message', async (ctx) => {
    const edited = ctx.editedMessage
    const topicId = edited.message_thread_id ?? 0
    const text = edited.text ?? edited.caption ?? null
    const result = await findCopy(deps, { by: { topicId }, sourceMessageId: edited.message_id, text }, 'agent')
    if (!result) return
    const target = { chatId: Number(result.customer.telegramId), copyMessageId: result.copyMessageId }
    if ((await carryEdit(ctx.api, edited, target)) || text === null) return
    await deps.relay.desk.tellCustomer(result.customer, (t) => editedView(t, text))
  })
  return feature
}

/** People, and administrators who write in the group's name; never a bot, least of all this one. */
const isAgent = (ctx: BotContext): boolean =>
  ctx.from?.is_bot === false || (ctx.msg?.sender_chat !== undefined && ctx.msg.sender_chat.id === ctx.chatId)

const notePattern = /^\s*(?:\/\/|\/note(?:@\w+)?(?:\s|$))/

function readAnswer(message: Message): AgentMessage | null {
  const read = readMessage(message)
  if (read === null || message.message_thread_id === undefined) return null
  return {
    ...read,
    topicId: message.message_thread_id,
    agentName: message.from?.first_name ?? '',
    isNote: notePattern.test(read.text ?? ''),
  }
}

async function respond(
  { relay, groupId }: AnswersDeps,
  ctx: BotContext,
  message: AgentMessage,
  result: ReceiveAgentMessageResult,
): Promise<void> {
  const { desk } = relay
  switch (result.kind) {
    case 'accepted':
      relay.carry(result.ticket.id, 'agent', message.albumId !== null)
      if (!result.isReopened) return
      await desk.openTopic(result.ticket.topicId)
      return desk.say(message.topicId, takenUpView(desk.t, result.ticket, 'agent'))
    case 'superseded':
      return desk.say(message.topicId, supersededView(desk.t, result.open, groupId), message.sourceMessageId)
    case 'noted':
      // A sign that the note stayed inside; a group that forbids reactions loses nothing else.
      await ctx.react('✍').catch(() => {})
      return
    case 'repeated':
    case 'unknown_topic':
      return
  }
}
