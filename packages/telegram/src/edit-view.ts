import type { Api } from 'grammy'
import { classifyApiError } from './api-errors.ts'
import { markupOf, previewOf, type View } from './view.ts'

/**
 * Shows a view of text in a message that was sent before, from outside an update. False when the message cannot be
 * edited any more; throws what else the Bot API refuses.
 *
 * @example
 * const isShown = await editView(bot.api, chatId, messageId, progressView(t, card))
 */
export async function editView(api: Api, chatId: number, messageId: number, view: View): Promise<boolean> {
  try {
    await api.editMessageText(chatId, messageId, view.text, {
      parse_mode: 'HTML',
      link_preview_options: previewOf(view),
      reply_markup: markupOf(view),
    })
    return true
  } catch (error) {
    const { kind } = classifyApiError(error)
    if (kind === 'not_modified') return true
    if (kind === 'gone') return false
    throw error
  }
}
