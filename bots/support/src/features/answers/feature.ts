import type { AgentMessage, ReceiveAgentMessageResult } from '@vpn-kiosk/shop'
import type { BotContext } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { Message } from 'grammy/types'
import type { SupportShop } from '../../context.ts'
import { findCopy } from '../../relay/find-copy.ts'
import type { FoundCopy } from '../../relay/found-copy.ts'
import { readMessage } from '../../relay/read-message.ts'
import type { Relay } from '../../relay/relay.ts'
import { isPersonsEdit } from '../../relay/relay-edit.ts'
import type { Refuse } from '../roles/refuse.ts'
import { supersededView, takenUpView } from '../ticket/views.ts'
import { keptInsideView } from './views.ts'

export interface AnswersDeps {
  readonly shop: Pick<SupportShop, 'receiveAgentMessage' | 'receiveTicketEdit' | 'findTopic'>
  readonly relay: Relay
  readonly refuse: Refuse
}

/** What agents write in a ticket's topic goes to the customer; what begins with a slash stays inside. */
export function answersFeature(deps: AnswersDeps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  // General has no topic; a thread id without the flag belongs to a chain of replies there.
  const inTopic = feature.filter((ctx) => ctx.msg?.is_topic_message === true && isSomebody(ctx))
  inTopic.on('message', async (ctx, next) => {
    const message = readAnswer(ctx.message, ctx.me.id)
    if (message === null) return next()
    await receive(deps, ctx, message)
  })
  inTopic.on('edited_message', async (ctx) => {
    const edited = ctx.editedMessage
    const message = readAnswer(edited, ctx.me.id)
    if (message === null || !isPersonsEdit(edited)) return
    const { chatId, topicId } = message
    const by = { actor: actorOf(ctx), chatId, topicId, isNote: message.isNote }
    const found = await findCopy(deps, { ...message, by, supportGroup: deps.relay.supportGroup.place() }, 'agent')
    await followEdit(deps, ctx, { message, edited }, found)
  })
  return feature
}

/** A person, or somebody behind the group's or a channel's name; never a bot, least of all this one. */
const isSomebody = (ctx: BotContext): boolean =>
  ctx.from?.is_bot === false || (ctx.msg?.sender_chat !== undefined && ctx.msg.is_automatic_forward !== true)

/** Behind a name of a chat stands one of Telegram's own accounts, which has no role. */
const actorOf = (ctx: BotContext): bigint => BigInt(ctx.from?.id ?? 0)

/** A mistyped `/note` must not reach the customer, so every message that begins with a slash is one. */
const notePattern = /^\s*\//
const plainNotePattern = /^\s*(?:\/\/|\/note(?:@\w+)?(?:\s|$))/i

function readAnswer(message: Message, botId: number): AgentMessage | null {
  const read = readMessage(message, botId)
  if (read === null || message.message_thread_id === undefined) return null
  return {
    ...read,
    topicId: message.message_thread_id,
    agentName: message.from?.first_name ?? '',
    isNote: notePattern.test(read.text ?? ''),
  }
}

async function followEdit(
  deps: AnswersDeps,
  ctx: BotContext,
  { message, edited }: { readonly message: AgentMessage; readonly edited: Message },
  found: FoundCopy,
): Promise<void> {
  switch (found.kind) {
    case 'forbidden':
      return deps.refuse(ctx)
    case 'unknown_message':
      return receive(deps, ctx, message)
    case 'copied':
      return deps.relay.relayEdit('agent', edited, found)
    case 'taken_back':
      await deps.relay.takeBack(edited, found)
      return react(ctx, '✍')
    case 'noted':
      return react(ctx, '✍')
    case 'accepted':
    case 'superseded':
      // The sign of a note goes with it.
      if (found.kind === 'accepted') await react(ctx)
      return respond(deps, ctx, message, found)
    case 'unknown_topic':
    case 'nothing':
      return
  }
}

/** A group that forbids reactions loses nothing else. */
const react = async (ctx: BotContext, sign?: '✍'): Promise<void> => {
  await ctx.react(sign ?? []).catch(() => {})
}

async function receive(deps: AnswersDeps, ctx: BotContext, message: AgentMessage): Promise<void> {
  await respond(deps, ctx, message, await deps.shop.receiveAgentMessage(actorOf(ctx), message))
}

async function respond(
  { shop, relay, refuse }: AnswersDeps,
  ctx: BotContext,
  message: AgentMessage,
  result: ReceiveAgentMessageResult,
): Promise<void> {
  const { supportGroup } = relay
  switch (result.kind) {
    case 'accepted':
      relay.carry(result.ticket.id, 'agent', message.albumId !== null)
      if (!result.isReopened) return
      await supportGroup.refreshCard(result.ticket.id)
      await supportGroup.openTopic(result.ticket.id)
      return supportGroup.sayIn(message.topicId, takenUpView(supportGroup.t, result.ticket, 'agent'))
    case 'superseded': {
      const { groupId } = supportGroup.place()
      const there = { groupId, topicId: await shop.findTopic(result.open.id, groupId) }
      return supportGroup.sayIn(
        message.topicId,
        supersededView(supportGroup.t, result.open, there),
        message.sourceMessageId,
      )
    }
    case 'noted':
      // A sign that the note stayed inside, and a sentence where a command may have been meant.
      await react(ctx, '✍')
      if (plainNotePattern.test(message.text ?? '')) return
      return supportGroup.sayIn(message.topicId, keptInsideView(supportGroup.t), message.sourceMessageId)
    case 'forbidden':
      return refuse(ctx)
    case 'repeated':
    case 'unknown_topic':
      return
  }
}
