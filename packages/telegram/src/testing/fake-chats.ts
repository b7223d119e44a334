import { HttpError, type Transformer } from 'grammy'
import type { Chat, InlineKeyboardButton, Message, User } from 'grammy/types'

export interface ApiCall {
  readonly method: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** A refusal as the Bot API words it, or `network`: no answer at all. */
export type CannedFailure =
  | {
      readonly error_code: number
      readonly description: string
      readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number }
    }
  | 'network'

/** One bot message as a person sees it now. */
export interface Screen {
  readonly messageId: number
  readonly chatId: number
  readonly threadId: number | undefined
  /** Text or caption, HTML as it was sent. */
  readonly text: string
  readonly kind: 'text' | 'photo' | 'document' | 'other'
  readonly buttons: readonly InlineKeyboardButton[]
  /** Times it was edited. */
  readonly edits: number
}

/** What chats hold, kept by answering the bot's calls: enough of Telegram for a feature test, no more. */
export interface FakeChats {
  readonly calls: ApiCall[]
  readonly screens: Screen[]
  /** The words (`text`) of each answered callback query, oldest first; '' for a silent answer. */
  readonly answers: string[]
  readonly transformer: Transformer
  /** The next call of this method is refused. */
  failNext(method: string, failure: CannedFailure): void
  /** Every call of this method returns this. */
  respond(method: string, result: unknown): void
  newMessageId(): number
  messageOf(screen: Screen): Message
}

type Payload = Readonly<Record<string, unknown>>

const kindOf = (method: string): Screen['kind'] =>
  method === 'sendMessage'
    ? 'text'
    : method === 'sendPhoto'
      ? 'photo'
      : method === 'sendDocument'
        ? 'document'
        : 'other'

const buttonsOf = (payload: Payload): InlineKeyboardButton[] =>
  ((payload.reply_markup as { inline_keyboard?: InlineKeyboardButton[][] } | undefined)?.inline_keyboard ?? []).flat()

const textOf = (payload: Payload): string => {
  const media = payload.media as { caption?: string } | undefined
  return String(payload.text ?? payload.caption ?? media?.caption ?? '')
}

export const chatOf = (chatId: number): Chat =>
  chatId < 0
    ? { id: chatId, type: 'supergroup', title: 'Group', is_forum: true }
    : { id: chatId, type: 'private', first_name: 'Person' }

export function createFakeChats(bot: User): FakeChats {
  const calls: ApiCall[] = []
  const screens: Screen[] = []
  const answers: string[] = []
  const failures: { method: string; failure: CannedFailure }[] = []
  const canned = new Map<string, unknown>()
  let lastId = 100
  const newMessageId = (): number => {
    lastId += 1
    return lastId
  }

  const messageOf = (screen: Screen): Message =>
    ({
      message_id: screen.messageId,
      date: 1_790_000_000,
      chat: chatOf(screen.chatId),
      from: bot,
      ...(screen.threadId === undefined ? {} : { message_thread_id: screen.threadId, is_topic_message: true }),
      ...(screen.kind === 'text' ? { text: screen.text } : { caption: screen.text }),
      ...(screen.kind === 'photo'
        ? {
            photo: [
              { file_id: `photo-${screen.messageId}`, file_unique_id: `p${screen.messageId}`, width: 512, height: 512 },
            ],
          }
        : {}),
      ...(screen.kind === 'document'
        ? { document: { file_id: `document-${screen.messageId}`, file_unique_id: `d${screen.messageId}` } }
        : {}),
      ...(screen.buttons.length === 0 ? {} : { reply_markup: { inline_keyboard: [[...screen.buttons]] } }),
    }) as Message

  const send = (method: string, payload: Payload): unknown => {
    lastId += 1
    if (method.startsWith('copy')) return { message_id: lastId }
    const screen: Screen = {
      messageId: lastId,
      chatId: Number(payload.chat_id),
      threadId: payload.message_thread_id as number | undefined,
      text: textOf(payload),
      kind: kindOf(method),
      buttons: buttonsOf(payload),
      edits: 0,
    }
    screens.push(screen)
    return messageOf(screen)
  }
  const edit = (method: string, payload: Payload): unknown => {
    const index = screens.findIndex(
      (screen) => screen.messageId === payload.message_id && screen.chatId === payload.chat_id,
    )
    const old = screens[index]
    if (!old) return refusal(400, 'Bad Request: message to edit not found')
    const text = method === 'editMessageReplyMarkup' ? old.text : textOf(payload)
    const buttons = buttonsOf(payload)
    const media = (payload.media as { type?: string } | undefined)?.type
    const kind = media === 'photo' || media === 'document' ? media : old.kind
    if (method === 'editMessageText' && old.kind !== 'text')
      return refusal(400, 'Bad Request: there is no text in the message to edit')
    if (media === undefined && text === old.text && JSON.stringify(buttons) === JSON.stringify(old.buttons))
      return refusal(400, notModified)
    const screen = { ...old, text, kind, buttons, edits: old.edits + 1 }
    screens[index] = screen
    return messageOf(screen)
  }
  const remove = (payload: Payload): unknown => {
    const index = screens.findIndex(
      (screen) => screen.messageId === payload.message_id && screen.chatId === payload.chat_id,
    )
    if (index < 0) return refusal(400, 'Bad Request: message to delete not found')
    screens.splice(index, 1)
    return true
  }
  const resultOf = (method: string, payload: Payload): unknown => {
    if (canned.has(method)) return canned.get(method)
    if (method === 'getMe') return bot
    if (method === 'sendChatAction') return true
    if (/^(?:send|copyMessage$|forwardMessage$)/.test(method)) return send(method, payload)
    if (method.startsWith('editMessage')) return edit(method, payload)
    if (method === 'deleteMessage') return remove(payload)
    if (method === 'answerCallbackQuery') answers.push(String(payload.text ?? ''))
    if (method === 'createForumTopic')
      return { message_thread_id: newMessageId(), name: payload.name, icon_color: 7_322_096 }
    return true
  }

  const transformer: Transformer = async (_prev, method, payload) => {
    const fields = payload as unknown as Payload
    calls.push({ method, payload: fields })
    const failing = failures.findIndex((entry) => entry.method === method)
    const failure = failing < 0 ? undefined : failures.splice(failing, 1)[0]?.failure
    if (failure === 'network') throw networkFailure(method)
    if (failure) return { ok: false, ...failure } as never
    const result = resultOf(method, fields)
    return (
      result instanceof Refusal
        ? { ok: false, error_code: result.code, description: result.description }
        : { ok: true, result }
    ) as never
  }
  return {
    calls,
    screens,
    answers,
    transformer,
    messageOf,
    failNext: (method, failure) => failures.push({ method, failure }),
    respond: (method, result) => canned.set(method, result),
    newMessageId,
  }
}

const notModified =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

class Refusal {
  readonly code: number
  readonly description: string
  constructor(code: number, description: string) {
    this.code = code
    this.description = description
  }
}
const refusal = (code: number, description: string): Refusal => new Refusal(code, description)

const networkFailure = (method: string): Error =>
  new HttpError(`Network request for '${method}' failed!`, new Error('no answer'))
