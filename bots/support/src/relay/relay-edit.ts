import { classifyApiError, type Translator } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import type { InputMedia, Message, MessageEntity } from 'grammy/types'

export interface EditTarget {
  readonly chatId: number
  readonly threadId?: number | undefined
  /** Null: no copy can be changed, the new words are sent anew. */
  readonly copyMessageId: number | null
  /** Speaks to whoever reads the copy. */
  readonly t: Translator
}

/** Moving places, running polls and games are "edited" too: nobody wrote anything. */
export const isPersonsEdit = (message: Message): boolean =>
  !(message.location ?? message.venue ?? message.poll ?? message.game ?? message.dice ?? message.story)

/**
 * Changes a copy the way its original was changed: words, caption or medium. What Telegram refuses for good is sent
 * anew, marked as edited, in answer to the old copy. The id of the copy that holds the new words. Throws what may go
 * through later, and what refuses the new message too.
 */
export async function relayEdit(api: Api, message: Message, target: EditTarget): Promise<number> {
  const { chatId, copyMessageId } = target
  if (copyMessageId !== null) {
    try {
      await change(api, message, chatId, copyMessageId)
      return copyMessageId
    } catch (error) {
      const { kind } = classifyApiError(error)
      if (kind === 'not_modified') return copyMessageId
      if (kind === 'too_many' || kind === 'unknown_outcome' || kind === 'unauthorized') throw error
    }
  }
  return sendAnew(api, message, target)
}

async function change(api: Api, message: Message, chatId: number, copyId: number): Promise<void> {
  if (message.text !== undefined) {
    await api.editMessageText(chatId, copyId, message.text, {
      entities: message.entities ?? [],
      ...(message.link_preview_options ? { link_preview_options: message.link_preview_options } : {}),
    })
    return
  }
  const media = mediaOf(message)
  if (media) await api.editMessageMedia(chatId, copyId, media)
  else
    await api.editMessageCaption(chatId, copyId, {
      caption: message.caption ?? '',
      caption_entities: message.caption_entities ?? [],
    })
}

/** What `editMessageMedia` takes; of the other kinds (voice, video note, sticker) only a caption can change. */
function mediaOf(message: Message): InputMedia | null {
  const shared = {
    caption: message.caption ?? '',
    caption_entities: message.caption_entities ?? [],
    ...(message.show_caption_above_media ? { show_caption_above_media: true } : {}),
  }
  const covered = { ...shared, ...(message.has_media_spoiler ? { has_spoiler: true } : {}) }
  const photo = message.photo?.at(-1)
  if (photo) return { type: 'photo', media: photo.file_id, ...covered }
  // An animation also carries a document.
  if (message.animation) return { type: 'animation', media: message.animation.file_id, ...covered }
  if (message.video) return { type: 'video', media: message.video.file_id, ...covered }
  if (message.document) return { type: 'document', media: message.document.file_id, ...shared }
  if (message.audio) return { type: 'audio', media: message.audio.file_id, ...shared }
  return null
}

const textLength = 4096
const captionLength = 1024

async function sendAnew(api: Api, message: Message, { chatId, threadId, copyMessageId, t }: EditTarget) {
  const place = {
    ...(threadId === undefined ? {} : { message_thread_id: threadId }),
    ...(copyMessageId === null
      ? {}
      : { reply_parameters: { message_id: copyMessageId, allow_sending_without_reply: true } }),
  }
  if (message.text !== undefined) {
    const { words, entities } = marked(t, message.text, message.entities, textLength)
    return (await api.sendMessage(chatId, words, { entities, ...place })).message_id
  }
  const { words, entities } = marked(t, message.caption ?? '', message.caption_entities, captionLength)
  const copy = await api.copyMessage(chatId, message.chat.id, message.message_id, {
    ...(takesCaption(message) ? { caption: words, caption_entities: entities } : {}),
    ...place,
  })
  return copy.message_id
}

const takesCaption = (message: Message): boolean => mediaOf(message) !== null || message.voice !== undefined

/** The words under a line that says that they were edited; entities move along. */
function marked(t: Translator, text: string, entities: readonly MessageEntity[] = [], max: number) {
  const mark = t.plain('edited-mark')
  const head = text === '' ? mark : `${mark}\n\n`
  const room = max - head.length
  const fits = text.length <= room
  const words = head + (fits ? text : `${text.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, '')}…`)
  const bold: MessageEntity = { type: 'bold', offset: 0, length: mark.length }
  const moved = fits ? entities.map((one) => ({ ...one, offset: one.offset + head.length })) : []
  return { words, entities: [bold, ...moved] }
}
