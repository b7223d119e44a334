import { isDeepStrictEqual } from 'node:util'
import { repost } from '../events/post.ts'
import { readCaption, readMessageText } from '../text/formatted-text.ts'
import { badRequest } from '../world/bot-api-error.ts'
import type { Message } from '../world/chat.ts'
import type { Content } from '../world/message.ts'
import { messageToWire, withFields } from '../world/render.ts'
import type { WireMessageWith } from '../world/wire.ts'
import { readInputMedia } from './media-input.ts'
import type { Call, Methods } from './method.ts'
import { readInteger, readRecord, readText } from './params.ts'
import { readInlineMarkup } from './reply-markup.ts'
import { readTextInput } from './send.ts'
import { assertMayWrite, getChat } from './target.ts'

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content ' +
  'and reply markup of the message'

/** Changing what a bot said. Leaving `reply_markup` out takes the keyboard away, as upstream. */
export const editMethods = {
  editMessageText: (call) => {
    const message = getEditable(call)
    if (message.media || message.text === undefined) throw badRequest('there is no text in the message to edit')
    return withFields(edit(call, message, readMessageText(readTextInput(call.params, 'text'))), 'text', 'edit_date')
  },

  editMessageCaption: (call) => {
    const message = getEditable(call)
    if (!message.media) throw badRequest('there is no caption in the message to edit')
    return edit(call, message, captionOf(call))
  },

  editMessageMedia: async (call) => {
    const message = getEditable(call)
    const input = readRecord(call.params, 'media')
    if (!input) throw badRequest('media is empty')
    const { media, caption } = await readInputMedia(call, input)
    if (message.albumId && message.media?.kind !== media.kind) throw badRequest("message can't be edited")
    return edit(call, message, { text: undefined, entities: undefined, ...caption, media })
  },

  editMessageReplyMarkup: (call) => edit(call, getEditable(call), {}),
} satisfies Methods

function captionOf(call: Call): Content {
  const { text, entities } = readCaption(readTextInput(call.params, 'caption'))
  return text === '' ? { text: undefined, entities: undefined } : { text, entities }
}

function getEditable(call: Call): Message {
  if (readText(call.params, 'inline_message_id')) throw badRequest('MESSAGE_ID_INVALID')
  const chat = getChat(call)
  assertMayWrite(call.bot, chat)
  const id = readInteger(call.params, 'message_id')
  if (id === undefined) throw badRequest('message identifier is not specified')
  const message = chat.history.get(id)
  if (!message) throw badRequest('message to edit not found')
  if (message.from.id !== call.bot.user.id || message.isService || message.forwardOrigin) {
    throw badRequest("message can't be edited")
  }
  return message
}

function edit(call: Call, old: Message, content: Content): WireMessageWith<'edit_date'> {
  const markup = readInlineMarkup(call.params, old.chat)
  const next: Message = { ...old, ...content, markup, editDate: call.world.nowS() }
  if (isSame(old, next)) throw badRequest(notModified)
  repost(call.world, next, false)
  return withFields(messageToWire(next, call.bot.user.id), 'edit_date')
}

const isSame = (a: Message, b: Message): boolean =>
  a.text === b.text &&
  a.media?.file.key === b.media?.file.key &&
  isDeepStrictEqual(a.markup, b.markup) &&
  isDeepStrictEqual(withoutGaps(a.entities), withoutGaps(b.entities))

/** Entities without their `undefined` fields, and none as an empty list. */
const withoutGaps = (entities: Message['entities']): unknown => JSON.parse(JSON.stringify(entities ?? []))
