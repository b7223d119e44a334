import type { Context } from 'grammy'
import type { MaybeInaccessibleMessage, Message } from 'grammy/types'
import { classifyApiError, unlessFailed } from './api-errors.ts'
import { markupOf, previewOf, sendView, type View, viewKind } from './view.ts'

export interface ShowOptions {
  /** Words shown over the chat for a moment when a button was pressed: plain text, at most 200 characters. */
  readonly answer?: string | { readonly text: string; readonly alert: boolean } | undefined
  /** Sends a new message even where the old one could be edited: for what must not be overlooked. */
  readonly fresh?: boolean | undefined
}

/** A message in one bot's chat. */
export interface ShownAt {
  readonly chatId: number
  readonly messageId: number
}

/**
 * What the pressed message holds; `null` = nothing we know. Pictures and files are what a person keeps (a key, its
 * code): they are never turned into something else.
 */
function shownKind(message: MaybeInaccessibleMessage | undefined): 'text' | 'photo' | 'document' | null {
  if (!message || message.date === 0) return null
  const known = message as Message
  if (known.text !== undefined) return 'text'
  if (known.photo) return 'photo'
  return known.document ? 'document' : null
}

/** True when the pressed text now shows the view; false when it can't be edited any more. */
async function editInPlace(ctx: Context, view: View): Promise<boolean> {
  try {
    await ctx.editMessageText(view.text, {
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

/** A new message takes a text's place; a picture stays as it is, a file stays without its buttons. */
async function retire(ctx: Context, kind: 'text' | 'photo' | 'document'): Promise<void> {
  if (kind === 'photo') return
  await unlessFailed(['gone', 'not_modified', 'no_rights', 'unknown_outcome'], () =>
    kind === 'document' ? ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard: [] } }) : ctx.deleteMessage(),
  )
}

async function answer(ctx: Context, options: ShowOptions): Promise<void> {
  if (!ctx.callbackQuery) return
  const words = typeof options.answer === 'string' ? { text: options.answer, alert: false } : options.answer
  const call = () => ctx.answerCallbackQuery(words ? { text: words.text, show_alert: words.alert } : {})
  await unlessFailed(['gone', 'unknown_outcome'], call)
}

async function place(ctx: Context, view: View, fresh: boolean): Promise<ShownAt> {
  const shown = fresh ? null : shownKind(ctx.callbackQuery?.message)
  const wanted = viewKind(view)
  const pressed = ctx.callbackQuery?.message
  if (pressed && shown === 'text' && wanted === 'text' && (await editInPlace(ctx, view))) {
    return { chatId: pressed.chat.id, messageId: pressed.message_id }
  }
  const chatId = ctx.chatId ?? ctx.from?.id
  if (chatId === undefined) throw new Error('this update names nobody to show a view to')
  const threadId = ctx.msg?.is_topic_message ? ctx.msg.message_thread_id : undefined
  const sent = await sendView(ctx.api, chatId, view, { threadId })
  // Only after the new one is there: a person is never left with nothing.
  if (shown !== null && shown !== wanted) await retire(ctx, shown)
  return { chatId, messageId: sent.message_id }
}

/**
 * Shows a screen. After a button a text changes in place where Telegram can, otherwise a new message follows and the
 * old text is cleared away; a picture or a file that was pressed stays, and the screen comes below it. Answers the
 * callback query, once. After a message it sends.
 *
 * @example
 * feature.command('buy', async (ctx) => showView(ctx, plansView(ctx.t, await shop.listPlans())))
 */
export async function showView(ctx: Context, view: View, options: ShowOptions = {}): Promise<void> {
  await showViewAt(ctx, view, options)
}

/**
 * `showView`, with where the screen stands now, for whoever edits it later.
 *
 * @example
 * const { chatId, messageId } = await showViewAt(ctx, invoiceView(ctx.t, invoice))
 */
export async function showViewAt(ctx: Context, view: View, options: ShowOptions = {}): Promise<ShownAt> {
  const [placed, answered] = await Promise.allSettled([place(ctx, view, options.fresh === true), answer(ctx, options)])
  if (placed.status === 'rejected') throw placed.reason
  if (answered.status === 'rejected') throw answered.reason
  return placed.value
}
