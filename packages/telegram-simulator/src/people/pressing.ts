import { type PayResult, payInvoice } from '../events/charging.ts'
import type { CallbackAnswer } from '../world/callbacks.ts'
import type { Chat, Message, PrivateChat } from '../world/chat.ts'
import type { InvoiceTerms } from '../world/payment-desk.ts'
import { messageToWire } from '../world/render.ts'
import type { InlineButton } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import { getBot, getChatOf, getDialogue, getMessage, getPerson } from './find.ts'
import { missing, refused } from './people-error.ts'
import type { Request } from './requests.ts'
import { toSeenButton } from './seen.ts'
import type { createWriting } from './writing.ts'

/** What came of a pressed button. */
export type PressResult =
  /** `answer` is null when the bot has not answered within `waitMs`. */
  | { readonly kind: 'callback'; readonly message: number; readonly answer: CallbackAnswer | null }
  | { readonly kind: 'url' | 'web-app'; readonly message: number; readonly url: string }
  | { readonly kind: 'copy'; readonly message: number; readonly text: string }
  | { readonly kind: 'pay'; readonly message: number; readonly result: PayResult }
  /** A button under the text field: its text was sent as a message. */
  | { readonly kind: 'text'; readonly message: number }
  | { readonly kind: 'other'; readonly message: number }

interface Found {
  readonly message: Message
  readonly button: InlineButton
}

const answerWaitMs = 5_000

/** What people press. */
export function createPressing(world: World, writing: Pick<ReturnType<typeof createWriting>, 'sendText'>) {
  const pay = (chat: PrivateChat, terms: InvoiceTerms): Promise<PayResult> => payInvoice(world, chat, terms)

  return {
    /**
     * Presses the button with this text (exactly, else as a part of it) or callback data, on the given message or on
     * the newest that has one. Waits up to `waitMs` of real time (default 5 s) for the bot's answer.
     * With `isForged` the data need not be on any button: a tampered app sends what it likes.
     */
    async press(request: Request<'press'>): Promise<PressResult> {
      const chat = getChatOf(world, request.person, request.chat)
      if (request.isForged) return pressCallback(request, getForgeable(chat, request), request.data ?? '')
      const found = findButton(chat, request)
      if (!found) return pressReplyKeyboard(chat, request)
      const { message } = found
      const button = toSeenButton(found.button)
      const value = button.value ?? ''
      switch (button.kind) {
        case 'callback':
          return pressCallback(request, message, value)
        case 'url':
        case 'web-app':
          return { kind: button.kind, message: message.id, url: value }
        case 'copy':
          return { kind: 'copy', message: message.id, text: value }
        case 'pay':
          return { kind: 'pay', message: message.id, result: await payMessage(message) }
        case 'other':
          return { kind: 'other', message: message.id }
      }
    },

    /** Pays an invoice message (the newest, unless named) or an invoice link. */
    pay({ person, bot, message, link }: Request<'pay'>): Promise<PayResult> {
      const chat = getDialogue(world, person, bot)
      if (link !== undefined) return pay(chat, getLinkTerms(link))
      if (message !== undefined) return payMessage(getMessage(chat, message))
      for (const candidate of chat.history.newestFirst()) if (candidate.invoice) return pay(chat, candidate.invoice)
      throw missing('There is no invoice in this chat')
    },
  }

  async function pressCallback(request: Request<'press'>, message: Message, data: string): Promise<PressResult> {
    const bot = getBot(world, message.from.id)
    const id = world.callbacks.open(bot, world.clock.now().getTime())
    const query = {
      id,
      from: getPerson(world, request.person).user,
      chat_instance: message.chat.instance,
      data,
      message: messageToWire(message, bot.user.id),
    }
    // Queries are kept in order by person, not by chat, as upstream.
    bot.inbox.push('callback_query', query, `callback:${request.person}`)
    const answer = await world.callbacks.waitForAnswer(id, request.waitMs ?? answerWaitMs)
    return { kind: 'callback', message: message.id, answer }
  }

  function pressReplyKeyboard(chat: Chat, request: Request<'press'>): PressResult {
    const keys = chat.kind === 'private' ? (chat.keyboard?.rows.flat() ?? []) : []
    const wanted = request.text
    const key = wanted === undefined ? undefined : pick(keys, (text) => text, wanted)
    if (key === undefined) throw missing(`There is no button ${JSON.stringify(wanted ?? request.data)} here`)
    const { person, chat: ref } = request
    return { kind: 'text', message: writing.sendText({ person, chat: ref, text: key }).id }
  }

  function payMessage({ chat, invoice }: Message): Promise<PayResult> {
    if (!invoice || chat.kind !== 'private') throw refused('This message is no invoice')
    return pay(chat, invoice)
  }

  function getLinkTerms(link: string): InvoiceTerms {
    const known = world.payments.links.get(link.split('$').at(-1) ?? '')
    if (!known) throw missing(`There is no invoice ${link}`)
    return known.terms
  }
}

/** The named message, or the newest of a bot. */
function getForgeable(chat: Chat, { message }: Request<'press'>): Message {
  if (message !== undefined) return getMessage(chat, message)
  for (const candidate of chat.history.newestFirst()) if (candidate.from.is_bot) return candidate
  throw missing('There is no message of a bot in this chat')
}

function findButton(chat: Chat, request: Request<'press'>): Found | null {
  const candidates = request.message === undefined ? chat.history.newestFirst() : [getMessage(chat, request.message)]
  for (const message of candidates) {
    if (!message.markup || (request.topic !== undefined && message.topicId !== request.topic)) continue
    const button = matchButton(message.markup.inline_keyboard.flat(), request)
    if (button) return { message, button }
  }
  return null
}

function matchButton(buttons: readonly InlineButton[], { text, data }: Request<'press'>): InlineButton | undefined {
  if (data !== undefined) return buttons.find((button) => 'callback_data' in button && button.callback_data === data)
  if (text === undefined) throw refused('Name the button by its text or its data')
  return pick(buttons, (button) => button.text, text)
}

/** The one with exactly this text, else the first that contains it whatever its case. */
function pick<T>(items: readonly T[], textOf: (item: T) => string, wanted: string): T | undefined {
  const part = wanted.toLowerCase()
  return (
    items.find((item) => textOf(item) === wanted) ?? items.find((item) => textOf(item).toLowerCase().includes(part))
  )
}
