import { post } from '../events/post.ts'
import type { TextInput } from '../text/formatted-text.ts'
import { badRequest } from '../world/bot-api-error.ts'
import type { Chat, Message } from '../world/chat.ts'
import type { Content } from '../world/message.ts'
import { messageToWire } from '../world/render.ts'
import { topicForSending } from '../world/topics.ts'
import type { WireEntity, WireMessage } from '../world/wire.ts'
import type { Call } from './method.ts'
import { isRecord, type Params, readFlag, readInteger, readList, readRecord, readText } from './params.ts'
import { readMarkup } from './reply-markup.ts'
import { assertMayWrite, getChat, takeRate } from './target.ts'

/** Where a bot's message goes, checked. */
export interface Destination {
  readonly chat: Chat
  readonly topicId: number | undefined
  readonly replyToId: number | undefined
}

/** Reads chat, topic and reply; throws what Telegram answers when one of them is not there or not allowed. */
export function readDestination(call: Call): Destination {
  const chat = getChat(call)
  assertMayWrite(call.bot, chat)
  const replied = readReply(call, chat)
  const threadId = readInteger(call.params, 'message_thread_id') ?? replied?.topicId
  if (chat.kind === 'private') {
    if (threadId !== undefined) throw badRequest('message thread not found')
    return { chat, topicId: undefined, replyToId: replied?.id }
  }
  return { chat, topicId: topicForSending(call.bot, chat, threadId)?.id, replyToId: replied?.id }
}

/** Sends one message of the calling bot and returns it as the method's result. */
export function sendContent(call: Call, content: Content): WireMessage {
  const destination = readDestination(call)
  const markup = readMarkup(call.params, destination.chat)
  return messageToWire(deliver(call, destination, { ...content, ...markup }), call.bot.user.id)
}

export function deliver(call: Call, { chat, topicId, replyToId }: Destination, content: Content): Message {
  takeRate(call, chat)
  const isProtected = readFlag(call.params, 'protect_content')
  return post(call.world, chat, call.bot.user, { ...content, isProtected }, { topicId, replyToId })
}

/** The text, parse mode and entities of a call under the names that the method gives them. */
export function readTextInput(params: Params, field: 'text' | 'caption'): TextInput {
  const entitiesField = field === 'text' ? 'entities' : 'caption_entities'
  return {
    text: readText(params, field) ?? '',
    parseMode: readText(params, 'parse_mode'),
    entities: readList(params, entitiesField)?.filter(isEntity),
  }
}

const isEntity = (value: unknown): value is WireEntity =>
  isRecord(value) &&
  typeof value.type === 'string' &&
  typeof value.offset === 'number' &&
  typeof value.length === 'number'

function readReply(call: Call, chat: Chat): Message | undefined {
  const parameters = readRecord(call.params, 'reply_parameters')
  const source = parameters ?? call.params
  const id = readInteger(source, parameters ? 'message_id' : 'reply_to_message_id')
  if (id === undefined || id === 0) return undefined
  const replied = chat.history.get(id)
  if (!replied && !readFlag(source, 'allow_sending_without_reply')) throw badRequest('message to be replied not found')
  return replied
}
