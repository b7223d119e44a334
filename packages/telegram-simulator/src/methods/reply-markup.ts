import { badRequest } from '../world/bot-api-error.ts'
import type { Chat } from '../world/chat.ts'
import type { ReplyKeyboard } from '../world/message.ts'
import type { InlineButton, InlineKeyboard } from '../world/wire.ts'
import { isRecord, type Params, readRecord } from './params.ts'

export interface Markup {
  readonly markup?: InlineKeyboard | undefined
  readonly keyboard?: ReplyKeyboard | undefined
}

const maxButtons = 100

/** The keyboard of a message that is being sent: under the message, or under the text field. */
export function readMarkup(params: Params, chat: Chat): Markup {
  const markup = readRecord(params, 'reply_markup')
  if (!markup) return {}
  if ('inline_keyboard' in markup) return { markup: readInlineKeyboard(markup.inline_keyboard, chat) }
  if ('keyboard' in markup) return { keyboard: { rows: readReplyRows(markup.keyboard), removed: false } }
  if (markup.remove_keyboard === true) return { keyboard: { rows: [], removed: true } }
  return {}
}

/** The keyboard of a message that is being edited: inline or none. */
export function readInlineMarkup(params: Params, chat: Chat): InlineKeyboard | undefined {
  const markup = readRecord(params, 'reply_markup')
  if (!markup) return undefined
  if (!('inline_keyboard' in markup)) throw badRequest('inline keyboard expected')
  return readInlineKeyboard(markup.inline_keyboard, chat)
}

function readInlineKeyboard(value: unknown, chat: Chat): InlineKeyboard | undefined {
  if (!Array.isArray(value))
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
  const rows = value.map((row) => {
    if (!Array.isArray(row))
      throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    return row.map((button) => readInlineButton(button, chat))
  })
  const filled = rows.filter((row) => row.length > 0)
  if (filled.flat().length > maxButtons) throw badRequest('reply markup is too long')
  return filled.length === 0 ? undefined : { inline_keyboard: filled }
}

function readInlineButton(value: unknown, chat: Chat): InlineButton {
  if (!isRecord(value) || typeof value.text !== 'string') {
    throw badRequest('can\'t parse inline keyboard button: field "text" must be of type String')
  }
  const button: Params & { readonly text: string } = { ...value, text: value.text }
  if (button.text.trim() === '') throw badRequest('inline keyboard button text must be non-empty')
  if (button.callback_data !== undefined) assertCallbackData(button.callback_data)
  else if (button.url !== undefined) assertButtonUrl(button.url)
  else if (button.web_app !== undefined) assertWebApp(button.web_app, chat)
  else if (button.copy_text !== undefined) assertCopyText(button.copy_text)
  else if (!otherActions.some((action) => action in button))
    throw badRequest('text buttons are unallowed in the inline keyboard')
  // One of the actions was found in it.
  return button as unknown as InlineButton
}

const otherActions = [
  'pay',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'callback_game',
  'disabled',
]

function assertCallbackData(data: unknown): void {
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0
  if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID')
}

/** Only web and tg: addresses; `vless://` and the like are refused by Telegram. */
function assertButtonUrl(value: unknown): void {
  const url = String(value)
  const refuse = (why: string) => badRequest(`inline keyboard button URL '${url}' is invalid: ${why}`)
  if (url.trim() === '') throw refuse('URL must be non-empty')
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'tg') return
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') throw refuse('Unsupported URL protocol')
  if (!URL.canParse(scheme ? url : `http://${url}`)) throw refuse('Wrong HTTP URL')
}

function assertWebApp(webApp: unknown, chat: Chat): void {
  if (chat.kind !== 'private') throw badRequest('BUTTON_TYPE_INVALID')
  const url = isRecord(webApp) ? String(webApp.url ?? '') : ''
  if (!url.startsWith('https://')) {
    throw badRequest(`inline keyboard button Web App URL '${url}' is invalid: Only HTTPS links are allowed`)
  }
}

function assertCopyText(copyText: unknown): void {
  const text = isRecord(copyText) ? String(copyText.text ?? '') : ''
  if (text.length < 1 || text.length > 256) throw badRequest('BUTTON_COPY_TEXT_INVALID')
}

function readReplyRows(value: unknown): string[][] {
  if (!Array.isArray(value)) throw badRequest('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
  return value.map((row) => {
    if (!Array.isArray(row)) throw badRequest('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    return row.map((button) => String(isRecord(button) ? (button.text ?? '') : button))
  })
}
