import { chatToWire, type Message } from './chat.ts'
import { fileIdFor, uniqueIdOf } from './files.ts'
import type { Media } from './message.ts'
import type { WireMessage } from './wire.ts'

/** A message as the bot with `botId` reads it: file ids are its own. */
export function messageToWire(message: Message, botId: number, withReply = true): WireMessage {
  const { media, text, entities } = message
  const wire: Record<string, unknown> & WireMessage = {
    message_id: message.id,
    from: message.from,
    chat: chatToWire(message.chat),
    date: message.date,
    edit_date: message.editDate,
    message_thread_id: message.topicId,
    is_topic_message: message.topicId === undefined ? undefined : true,
    reply_to_message: withReply ? renderReply(message, botId) : undefined,
    media_group_id: message.albumId,
    forward_origin: message.forwardOrigin,
    has_protected_content: message.isProtected ? true : undefined,
    reply_markup: message.markup,
  }
  if (media) return Object.assign(wire, mediaToWire(media, botId), { caption: text, caption_entities: entities })
  if (text !== undefined) return Object.assign(wire, { text, entities, link_preview_options: message.linkPreview })
  return Object.assign(wire, renderBody(message, botId))
}

/** In a topic, what replies to nothing replies to the topic's first message: Telegram's implicit reply. */
function renderReply(message: Message, botId: number): WireMessage | undefined {
  const { chat, replyToId, topicId } = message
  const replied = replyToId === undefined ? undefined : chat.history.get(replyToId)
  if (replied) return messageToWire(replied, botId, false)
  const root = topicId !== undefined && chat.kind !== 'private' ? chat.topics.get(topicId)?.root : undefined
  return root && root.id !== message.id ? messageToWire(root, botId, false) : undefined
}

function renderBody({ chat, body }: Message, botId: number): Record<string, unknown> | undefined {
  const pinnedId = body?.pinned_message
  if (typeof pinnedId !== 'number') return body
  const pinned = chat.history.get(pinnedId)
  return { pinned_message: pinned && messageToWire(pinned, botId, false) }
}

function mediaToWire(media: Media, botId: number): Record<string, unknown> {
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
function photoSizes({ file, width = 0, height = 0 }: Media, botId: number): Record<string, unknown>[] {
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
