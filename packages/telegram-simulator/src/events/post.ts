import type { Bot, Chat, GroupChat, Message } from '../world/chat.ts'
import { isAdmin, isPresent } from '../world/members.ts'
import type { Content } from '../world/message.ts'
import { messageToWire } from '../world/render.ts'
import type { WireUser } from '../world/wire.ts'
import type { World } from '../world/world.ts'

export interface Place {
  readonly topicId?: number | undefined
  readonly replyToId?: number | undefined
}

/** Puts a new message into a chat and tells the bots that may read it. */
export function post(world: World, chat: Chat, from: WireUser, content: Content, place: Place = {}): Message {
  const message: Message = {
    ...content,
    id: chat.history.takeId(),
    chat,
    from,
    date: world.nowS(),
    topicId: place.topicId,
    replyToId: place.replyToId,
  }
  chat.history.add(message)
  if (chat.kind === 'private') {
    if (!from.is_bot) chat.isStarted = true
    if (content.keyboard) chat.keyboard = content.keyboard.removed ? null : content.keyboard
  }
  tellBots(world, message, 'message')
  return message
}

/** Replaces a message by its next version; bots read of it when a person edited. */
export function repost(world: World, message: Message, byPerson: boolean): void {
  message.chat.history.replace(message)
  if (byPerson) tellBots(world, message, 'edited_message')
}

/** Updates of one chat keep their order on a webhook. */
export const laneOf = (chat: Chat): string => String(chat.id)

function tellBots(world: World, message: Message, kind: 'message' | 'edited_message'): void {
  const { chat } = message
  const key = chat.kind === 'channel' ? kind.replace('message', 'channel_post') : kind
  if (chat.kind === 'private') {
    if (!message.from.is_bot || message.isService) tell(chat.bot, key, message)
    return
  }
  for (const member of chat.members.values()) {
    const bot = member.user.is_bot ? world.botsById.get(member.user.id) : undefined
    if (bot && mayRead(bot, chat, message)) tell(bot, key, message)
  }
}

function tell(bot: Bot, kind: string, message: Message): void {
  bot.inbox.push(kind, messageToWire(message, bot.user.id), laneOf(message.chat))
}

/**
 * Bots read no other bots, and of themselves only the service messages that they caused. A plain member in privacy mode
 * reads commands, mentions, replies to itself and service messages; an administrator reads everything.
 */
function mayRead(bot: Bot, chat: GroupChat, message: Message): boolean {
  const member = chat.members.get(bot.user.id)
  if (!isPresent(member)) return false
  if (message.from.is_bot) return message.from.id === bot.user.id && message.isService === true
  if (isAdmin(member) || bot.readsAllGroupMessages || message.isService) return true
  const text = message.text ?? ''
  if (text.includes(`@${bot.user.username}`)) return true
  if (/^\/\w+(\s|$)/.test(text)) return true
  return message.replyToId !== undefined && chat.history.get(message.replyToId)?.from.id === bot.user.id
}
