import { chatToWire, type Message } from './chat.ts'
import { fileIdFor, uniqueIdOf } from './files.ts'
import type { Media } from './message.ts'
import type { WireMessage, WireMessageWith } from './wire.ts'

/** A message as the bot with `botId` reads it: file ids are its own. */
export function messageToWire(message: Message, botId: number, withReply = true): WireMessage {
  const chat = chatToWire(message.chat)
  return {
    message_id: message.id,
    // What is written in a channel is the channel's.
    ...(chat.type === 'channel' ? { sender_chat: chat } : { from: message.from }),
    chat,
    date: message.date,
    edit_date: message.editDate,
    message_thread_id: message.topicId,
    is_topic_message: message.topicId === undefined ? undefined : true,
    reply_to_message: withReply ? renderReply(message, botId) : undefined,
    media_group_id: message.albumId,
    forward_origin: message.forwardOrigin,
    has_protected_content: message.isProtected ? true : undefined,
    reply_markup: message.markup,
    ...renderContent(message, botId),
  }
}

/** The message, once it is sure that these fields are in it: what a method that sends one kind of message promises. */
export function withFields<Field extends keyof WireMessage>(
  message: WireMessage,
  ...fields: readonly Field[]
): WireMessageWith<Field> {
  const has = (wire: WireMessage): wire is WireMessageWith<Field> => fields.every((field) => wire[field] !== undefined)
  if (!has(message)) throw new Error(`A message without ${fields.join(', ')}`)
  return message
}

function renderContent(message: Message, botId: number): Partial<WireMessage> {
  const { media, text, entities } = message
  if (media) return { ...mediaToWire(media, botId), caption: text, caption_entities: entities }
  if (text !== undefined) return { text, entities, link_preview_options: message.linkPreview }
  return renderBody(message, botId)
}

/** In a topic, what replies to nothing replies to the topic's first message: Telegram's implicit reply. */
function renderReply(message: Message, botId: number): WireMessage['reply_to_message'] {
  const { chat, replyToId, topicId } = message
  const replied = replyToId === undefined ? undefined : chat.history.get(replyToId)
  if (replied) return innermost(replied, botId)
  const root = topicId !== undefined && chat.kind !== 'private' ? chat.topics.get(topicId)?.root : undefined
  return root && root.id !== message.id ? innermost(root, botId) : undefined
}

/** A message inside another shows no further one. */
const innermost = (message: Message, botId: number) => ({
  ...messageToWire(message, botId, false),
  reply_to_message: undefined,
})

function renderBody({ chat, body = {} }: Message, botId: number): Partial<WireMessage> {
  const { pinned_message: pinnedId, ...rest } = body
  const pinned = pinnedId === undefined ? undefined : chat.history.get(pinnedId)
  return { ...rest, pinned_message: pinned && innermost(pinned, botId) }
}

function mediaToWire(media: Media, botId: number): Partial<WireMessage> {
  const { kind, file, width = 0, height = 0, duration = 0 } = media
  const base = { file_id: fileIdFor(botId, file), file_unique_id: uniqueIdOf(file), file_size: file.bytes.length }
  const named = { ...base, file_name: file.name, mime_type: file.mimeType }
  const has_media_spoiler = media.spoiler ? true : undefined
  switch (kind) {
    case 'photo':
      return { photo: photoSizes(media, botId), has_media_spoiler }
    case 'document':
      return { document: named }
    case 'video':
      return { video: { ...named, width, height, duration }, has_media_spoiler }
    // Older clients read an animation from `document`, so both are there upstream.
    case 'animation':
      return { animation: { ...named, width, height, duration }, document: named, has_media_spoiler }
    case 'audio':
      return { audio: { ...named, duration } }
    case 'voice':
      return { voice: { ...base, mime_type: file.mimeType, duration } }
    case 'video_note':
      return { video_note: { ...base, length: width, duration } }
    case 'sticker':
      return { sticker: { ...base, type: 'regular', width, height, is_animated: false, is_video: false } }
  }
}

/** Smallest first. The sizes differ in id and measures; all of them lead to the same bytes here. */
function photoSizes({ file, width = 0, height = 0 }: Media, botId: number): NonNullable<WireMessage['photo']> {
  const longest = Math.max(width, height, 1)
  const smaller = [90, 320].filter((side) => side < longest)
  const sizes = smaller.map((side) => ({ name: `s${side}`, scale: side / longest }))
  return [...sizes, { name: '', scale: 1 }].map(({ name, scale }) => ({
    file_id: fileIdFor(botId, file, name),
    file_unique_id: uniqueIdOf(file, name),
    file_size: file.bytes.length,
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }))
}
