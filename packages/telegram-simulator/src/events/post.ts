import type { Bot, Chat, GroupChat, Message } from '../world/chat.ts'
import { isAdmin, isPresent } from '../world/members.ts'
import type { Content } from '../world/message.ts'
import { messageToWire } from '../world/render.ts'
import type { WireUpdate, WireUser } from '../world/wire.ts'
import type { World } from '../world/world.ts'

export interface Place {
  readonly topicId?: number | undefined
  readonly replyToId?: number | undefined
  /** Unix seconds; absent = now. */
  readonly date?: number | undefined
}

/** Puts a new message into a chat and tells the bots that may read it. */
export function post(world: World, chat: Chat, from: WireUser, content: Content, place: Place = {}): Message {
  const message: Message = {
    ...content,
    id: chat.history.takeId(),
    chat,
    from,
    date: place.date ?? world.nowS(),
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
  if (chat.kind === 'private') {
    if (!message.from.is_bot || message.isService) tell(chat.bot, kind, message)
    return
  }
  const groupKind = chat.kind === 'channel' ? channelKinds[kind] : kind
  for (const member of chat.members.values()) {
    const bot = member.user.is_bot ? world.botsById.get(member.user.id) : undefined
    if (bot && mayRead(bot, chat, message)) tell(bot, groupKind, message)
  }
}

const channelKinds = { message: 'channel_post', edited_message: 'edited_channel_post' } as const

type MessageKind = keyof typeof channelKinds | (typeof channelKinds)[keyof typeof channelKinds]

/** The types of updates say which chats each is of; here `kind` was chosen by the chat. */
function tell(bot: Bot, kind: MessageKind, message: Message): void {
  const wire = messageToWire(message, bot.user.id) as NonNullable<WireUpdate[MessageKind]>
  bot.inbox.push(kind, wire, laneOf(message.chat))
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
