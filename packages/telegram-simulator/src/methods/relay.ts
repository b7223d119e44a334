import { badRequest } from '../world/bot-api-error.ts'
import { type Chat, chatToWire, type Message } from '../world/chat.ts'
import type { Content } from '../world/message.ts'
import { messageToWire } from '../world/render.ts'
import type { WireOrigin } from '../world/wire.ts'
import { readCaptionOf } from './media-input.ts'
import { readMessageIds } from './messages.ts'
import type { Call, Methods } from './method.ts'
import { readFlag, readInteger, readText } from './params.ts'
import { readMarkup } from './reply-markup.ts'
import { deliver, readDestination } from './send.ts'
import { getChat } from './target.ts'

/** Copies carry no author; forwards name theirs. Neither carries the old keyboard. */
export const relayMethods = {
  copyMessage: (call) => {
    const destination = readDestination(call)
    const source = getSource(call, 'copy')
    const caption = readText(call.params, 'caption') === undefined || !source.media ? {} : replacedCaption(call)
    const markup = readMarkup(call.params, destination.chat)
    return { message_id: deliver(call, destination, { ...copyOf(source), ...caption, ...markup }).id }
  },

  /** Skips what is missing or can't be copied; albums stay together. */
  copyMessages: (call) => {
    const destination = readDestination(call)
    const sources = findSources(call).filter(isCopyable)
    const albums = new Map<string, string>()
    const hidesCaptions = readFlag(call.params, 'remove_caption')
    return sources.map((source) => {
      const captionless = hidesCaptions && source.media ? { text: undefined, entities: undefined } : {}
      const content = { ...copyOf(source), ...captionless, albumId: albumOfCopy(call, source, albums) }
      return { message_id: deliver(call, destination, content).id }
    })
  },

  forwardMessage: (call) => {
    const destination = readDestination(call)
    const source = getSource(call, 'forward')
    return messageToWire(deliver(call, destination, forwardOf(source)), call.bot.user.id)
  },

  forwardMessages: (call) => {
    const destination = readDestination(call)
    const albums = new Map<string, string>()
    return findSources(call)
      .filter((source) => !source.isService && !source.isProtected)
      .map((source) => ({ ...forwardOf(source), albumId: albumOfCopy(call, source, albums) }))
      .map((content) => ({ message_id: deliver(call, destination, content).id }))
  },
} satisfies Methods

const isCopyable = (message: Message): boolean => message.text !== undefined || message.media !== undefined

function getSource(call: Call, purpose: 'copy' | 'forward'): Message {
  const chat: Chat = getChat(call, 'from_chat_id')
  const message = chat.history.get(readInteger(call.params, 'message_id') ?? 0)
  if (!message) throw badRequest(`message to ${purpose} not found`)
  const isAllowed = purpose === 'copy' ? isCopyable(message) : !message.isService
  if (!isAllowed || message.isProtected)
    throw badRequest(`message can't be ${purpose === 'copy' ? 'copied' : 'forwarded'}`)
  return message
}

function findSources(call: Call): Message[] {
  const chat = getChat(call, 'from_chat_id')
  const ids = readMessageIds(call)
  if (ids.some((id, index) => index > 0 && id <= ids[index - 1]!)) {
    throw badRequest('message identifiers must be in a strictly increasing order')
  }
  const found = ids.flatMap((id) => chat.history.get(id) ?? [])
  if (found.length === 0) throw badRequest('there are no messages to forward')
  return found
}

const copyOf = ({ text, entities, media, linkPreview }: Message): Content => ({ text, entities, media, linkPreview })

function replacedCaption(call: Call): Content {
  return { text: undefined, entities: undefined, ...readCaptionOf(call.params) }
}

export function forwardOf(source: Message): Content {
  return { ...copyOf(source), body: source.body, forwardOrigin: source.forwardOrigin ?? originOf(source) }
}

function originOf({ id, chat, from, date }: Message): WireOrigin {
  const wire = chatToWire(chat)
  if (wire.type === 'channel') return { type: 'channel', chat: wire, message_id: id, date }
  return { type: 'user', sender_user: from, date }
}

function albumOfCopy(call: Call, source: Message, albums: Map<string, string>): string | undefined {
  if (!source.albumId) return undefined
  const known = albums.get(source.albumId) ?? call.world.nextAlbumId()
  albums.set(source.albumId, known)
  return known
}
