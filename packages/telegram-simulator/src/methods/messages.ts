import { post, repost } from '../events/post.ts'
import { readMessageText } from '../text/formatted-text.ts'
import { badRequest } from '../world/bot-api-error.ts'
import type { Bot, Chat, Message } from '../world/chat.ts'
import { assertBotRight, hasRight } from '../world/members.ts'
import { withFields } from '../world/render.ts'
import type { LinkPreview, WireReaction } from '../world/wire.ts'
import type { Call, Methods } from './method.ts'
import { isRecord, readInteger, readList, readRecord, readText } from './params.ts'
import { readTextInput, sendContent } from './send.ts'
import { assertMayWrite, getChat } from './target.ts'

const deletableForS = 48 * 3600

const chatActions = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
])

/** Sending texts, and what may be done to a message that is there. */
export const messageMethods = {
  sendMessage: (call) => {
    const formatted = readMessageText(readTextInput(call.params, 'text'))
    const linkPreview: LinkPreview | undefined = readRecord(call.params, 'link_preview_options')
    return withFields(sendContent(call, { ...formatted, linkPreview }), 'text')
  },

  sendChatAction: (call) => {
    assertMayWrite(call.bot, getChat(call))
    if (!chatActions.has(readText(call.params, 'action') ?? '')) throw badRequest('wrong parameter action in request')
    return true
  },

  deleteMessage: (call) => {
    const chat = getChat(call)
    const message = chat.history.get(readInteger(call.params, 'message_id') ?? 0)
    if (!message) throw badRequest('message to delete not found')
    if (!mayDelete(call, chat, message)) throw badRequest("message can't be deleted")
    chat.history.remove(message.id)
    return true
  },

  /** What is missing or may not be deleted is skipped in silence. */
  deleteMessages: (call) => {
    const chat = getChat(call)
    for (const id of readMessageIds(call)) {
      const message = chat.history.get(id)
      if (message && mayDelete(call, chat, message)) chat.history.remove(id)
    }
    return true
  },

  setMessageReaction: (call) => {
    const chat = getChat(call)
    const message = chat.history.get(readInteger(call.params, 'message_id') ?? 0)
    if (!message) throw badRequest('message to react not found')
    const wanted = readList(call.params, 'reaction') ?? []
    if (wanted.length > 1) throw badRequest('REACTIONS_TOO_MANY')
    if (!wanted.every(isEmoji)) throw badRequest('REACTION_INVALID')
    const reactions = new Map(message.reactions).set(call.bot.user.id, wanted)
    repost(call.world, { ...message, reactions }, false)
    return true
  },

  pinChatMessage: (call) => {
    const chat = getPinnable(call)
    const message = chat.history.get(readInteger(call.params, 'message_id') ?? 0)
    if (!message) throw badRequest('message to pin not found')
    chat.pinned = [...chat.pinned.filter((id) => id !== message.id), message.id]
    const body = { pinned_message: message.id }
    post(call.world, chat, call.bot.user, { body, isService: true }, { topicId: message.topicId })
    return true
  },

  unpinChatMessage: (call) => {
    const chat = getPinnable(call)
    const id = readInteger(call.params, 'message_id') ?? chat.pinned.at(-1)
    if (id === undefined || !chat.pinned.includes(id)) throw badRequest('message to unpin not found')
    chat.pinned = chat.pinned.filter((pinned) => pinned !== id)
    return true
  },

  unpinAllChatMessages: (call) => {
    getPinnable(call).pinned = []
    return true
  },

  answerCallbackQuery: (call) => {
    const text = readText(call.params, 'text') ?? ''
    if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG')
    const answer = {
      text,
      showAlert: call.params.show_alert === true || call.params.show_alert === 'true',
      url: readText(call.params, 'url') ?? null,
    }
    const id = readText(call.params, 'callback_query_id') ?? ''
    const isTaken = call.world.callbacks.answer(id, call.bot, answer, call.world.clock.now().getTime())
    if (!isTaken) throw badRequest('query is too old and response timeout expired or query ID is invalid')
    return true
  },
} satisfies Methods

/** 1–100 ids. */
export function readMessageIds(call: Call): number[] {
  const ids = (readList(call.params, 'message_ids') ?? []).map(Number)
  if (ids.length === 0) throw badRequest('message identifiers are not specified')
  if (ids.length > 100) throw badRequest('too many message identifiers specified')
  return ids
}

const isEmoji = (reaction: unknown): reaction is WireReaction =>
  isRecord(reaction) && reaction.type === 'emoji' && typeof reaction.emoji === 'string'

function getPinnable(call: Call): Chat {
  const chat = getChat(call)
  if (chat.kind !== 'private') assertBotRight(call.bot, chat, 'can_pin_messages', 'manage pinned messages in the chat')
  return chat
}

/** Own messages and those in private chats for 48 hours; an administrator with the right deletes anything, always. */
function mayDelete({ bot, world }: Call, chat: Chat, message: Message): boolean {
  if (message.body && 'forum_topic_created' in message.body) return false
  const isYoung = world.nowS() - message.date <= deletableForS
  if (chat.kind === 'private') return isYoung
  return mayDeleteAny(bot, chat) || (message.from.id === bot.user.id && isYoung)
}

const mayDeleteAny = (bot: Bot, chat: Exclude<Chat, { kind: 'private' }>): boolean =>
  hasRight(chat.members.get(bot.user.id), 'can_delete_messages')
