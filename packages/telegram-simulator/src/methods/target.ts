import { badRequest, forbidden, tooManyRequests } from '../world/bot-api-error.ts'
import type { Bot, Chat, GroupChat, PrivateChat } from '../world/chat.ts'
import { assertBotInside, hasRight } from '../world/members.ts'
import type { World } from '../world/world.ts'
import type { Call } from './method.ts'
import { type Params, readText } from './params.ts'

/** The chat that `chat_id` names: an id, or the public name of a group or channel. */
export function getChat(call: Call, field = 'chat_id'): Chat {
  const named = readText(call.params, field)?.trim()
  if (!named) throw badRequest(`${field} is empty`)
  if (named.startsWith('@')) return orNotFound(call.world.findGroupByName(named))
  const id = Number(named)
  if (id < 0) return orNotFound(call.world.groups.get(id))
  const dialogue = call.bot.dialogues.get(id)
  return dialogue?.isStarted ? dialogue : refuseStranger(call.world, id)
}

/** A group or channel in which the bot is; 403 or "chat not found" otherwise. */
export function getGroup(call: Call): GroupChat {
  const chat = getChat(call)
  if (chat.kind === 'private') throw badRequest('method is available only for supergroups')
  assertBotInside(call.bot, chat)
  return chat
}

/** Throws what Telegram answers to a bot that may not write here. */
export function assertMayWrite(bot: Bot, chat: Chat): void {
  if (chat.kind === 'private') {
    assertReachable(chat)
    return
  }
  const member = assertBotInside(bot, chat)
  if (chat.kind === 'channel' && !hasRight(member, 'can_post_messages')) {
    throw forbidden('need administrator rights in the channel chat')
  }
}

/** Counts one sent message against the rate limits, where they are on. */
export function takeRate(call: Call, chat: Chat): void {
  const waitS = call.world.rateLimits.take(call.bot.user.id, chat.id)
  if (waitS > 0) throw tooManyRequests(waitS)
}

/** The chat id of a call as far as it can be read, for faults and the call log. */
export function peekChatId(params: Params): number | null {
  const id = Number(params.chat_id)
  return params.chat_id === undefined || Number.isNaN(id) ? null : id
}

function assertReachable(chat: PrivateChat): void {
  if (chat.person.isDeactivated) throw forbidden('user is deactivated')
  if (chat.isBlocked) throw forbidden('bot was blocked by the user')
}

function orNotFound(chat: GroupChat | undefined): GroupChat {
  if (!chat) throw badRequest('chat not found')
  return chat
}

function refuseStranger(world: World, id: number): never {
  if (world.botsById.has(id)) throw forbidden("bot can't send messages to bots")
  if (world.persons.has(id)) throw forbidden("bot can't initiate conversation with a user")
  throw badRequest('chat not found')
}
