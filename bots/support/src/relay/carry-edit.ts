import { classifyApiError } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import type { Message } from 'grammy/types'

export interface EditTarget {
  readonly chatId: number
  readonly copyMessageId: number
  readonly threadId?: number | undefined
}

/**
 * Changes a copy the way its original was changed. False when that copy can't be changed any more: then the new words
 * are to be sent anew. Other failures are thrown.
 */
export async function carryEdit(api: Api, message: Message, { chatId, copyMessageId }: EditTarget): Promise<boolean> {
  try {
    if (message.text !== undefined)
      await api.editMessageText(chatId, copyMessageId, message.text, {
        entities: message.entities ?? [],
        ...(message.link_preview_options ? { link_preview_options: message.link_preview_options } : {}),
      })
    else if (hasCaption(message))
      await api.editMessageCaption(chatId, copyMessageId, {
        caption: message.caption ?? '',
        caption_entities: message.caption_entities ?? [],
      })
    return true
  } catch (error) {
    const { kind } = classifyApiError(error)
    if (kind === 'not_modified') return true
    if (kind === 'gone') return false
    throw error
  }
}

/** Moving places and running polls are "edited" too: there is nothing to write. */
const hasCaption = (message: Message): boolean =>
  (message.photo ?? message.video ?? message.animation ?? message.document ?? message.audio ?? message.voice) !==
  undefined
