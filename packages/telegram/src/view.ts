import { type Api, InputFile } from 'grammy'
import type { InlineKeyboardButton, InlineKeyboardMarkup, Message } from 'grammy/types'
import { type Sending, withSending } from './priority.ts'

export type Keyboard = InlineKeyboardButton[][]

/** One screen: what a person sees and can press. Pure data, made by a feature's `views.ts`. */
export interface View {
  /** HTML. At most 4096 characters after the tags are gone; 1024 when there is a photo or a document. */
  readonly text: string
  /** Rows of buttons, an `InlineKeyboard`, or a menu made by `createMenu` (only with `showView`). */
  readonly keyboard?: Keyboard | InlineKeyboardMarkup | undefined
  /** PNG or JPEG bytes, or the `file_id` of a picture sent before by the same bot. A later screen never removes it. */
  readonly photo?: Uint8Array | string | undefined
  /** A file the person should keep. A later screen never removes it. */
  readonly document?: { readonly name: string; readonly body: Uint8Array | string } | undefined
  /** Links show no preview unless this is true. */
  readonly linkPreview?: boolean | undefined
}

export type ViewKind = 'text' | 'photo' | 'document'

export const viewKind = (view: View): ViewKind =>
  view.document ? 'document' : view.photo !== undefined ? 'photo' : 'text'

/** Always present, because a menu plugin puts its own keyboard where there is none. */
export const markupOf = (view: View): InlineKeyboardMarkup =>
  Array.isArray(view.keyboard) ? { inline_keyboard: view.keyboard } : (view.keyboard ?? { inline_keyboard: [] })

export const previewOf = (view: View): { is_disabled: boolean } => ({ is_disabled: view.linkPreview !== true })

const photoOf = (photo: Uint8Array | string): InputFile | string =>
  typeof photo === 'string' ? photo : new InputFile(photo, 'picture.png')

const documentOf = (document: NonNullable<View['document']>): InputFile =>
  new InputFile(
    typeof document.body === 'string' ? new TextEncoder().encode(document.body) : document.body,
    document.name,
  )

export interface SendOptions {
  /** A forum topic. */
  readonly threadId?: number | undefined
  /** The id of the message in the same chat that this answers. */
  readonly replyTo?: number | undefined
  /** Arrives without a sound. */
  readonly silent?: boolean | undefined
  /** Can't be forwarded or saved. */
  readonly protect?: boolean | undefined
}

const sendParameters = (options: SendOptions) => ({
  ...(options.threadId === undefined ? {} : { message_thread_id: options.threadId }),
  ...(options.replyTo === undefined
    ? {}
    : { reply_parameters: { message_id: options.replyTo, allow_sending_without_reply: true } }),
  ...(options.silent ? { disable_notification: true } : {}),
  ...(options.protect ? { protect_content: true } : {}),
})

/**
 * Sends a view as a new message, at the priority of whoever calls.
 *
 * @example
 * const message = await sendView(bot.api, chatId, { text: t('hello'), keyboard: [[openPlans.button(t.plain('plans'), {})]] })
 */
export function sendView(api: Api, chatId: number, view: View, options: SendOptions = {}): Promise<Message> {
  const shared = {
    parse_mode: 'HTML' as const,
    ...(view.keyboard === undefined ? {} : { reply_markup: markupOf(view) }),
    ...sendParameters(options),
  }
  if (view.document) return api.sendDocument(chatId, documentOf(view.document), { caption: view.text, ...shared })
  if (view.photo !== undefined) return api.sendPhoto(chatId, photoOf(view.photo), { caption: view.text, ...shared })
  return api.sendMessage(chatId, view.text, { link_preview_options: previewOf(view), ...shared })
}

/**
 * Tells a person something from outside an update: a notification, a broadcast. Throws what the Bot API refuses;
 * `classifyApiError` says what it means (G2: `blocked` marks the person unreachable and fails no job).
 *
 * @example
 * await notify(bot.api, chatId, keyReadyView(t, key))
 */
export const notify = (
  api: Api,
  chatId: number,
  view: View,
  options: SendOptions & Partial<Sending> = {},
): Promise<Message> =>
  withSending(
    { priority: options.priority ?? 'notification', onTurn: options.onTurn, beforeAsking: options.beforeAsking },
    () => sendView(api, chatId, view, options),
  )
