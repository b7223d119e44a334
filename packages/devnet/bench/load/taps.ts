import type { TelegramSimulator } from '@vpn-kiosk/telegram-simulator'

export interface TappedBot {
  readonly username: string
  readonly token: string
  /** The buttons that a person presses one after the other; each leads to a screen that has the next. */
  readonly buttons: readonly string[]
  /** Data of the first button, on a message that is put into each chat beforehand. */
  readonly firstData: string
}

export interface Tapper {
  /** The next person taps; resolves to when the tap was answered and the screen changed, in `performance.now()`'s time. */
  tap(): Promise<number>
  close(): void
}

const timeoutMs = 10_000

/** Puts a message with the first button into everybody's chat, as the bot itself, and hands out people one after the other. */
export async function createTapper(
  telegram: TelegramSimulator,
  bot: TappedBot,
  people: readonly number[],
): Promise<Tapper> {
  await openChats(telegram, bot, people)
  const waiting = new Map<number, () => void>()
  const forget = telegram.calls.onCall(({ method, bot: username, chat, status }) => {
    if (method !== 'editMessageText' || username !== bot.username || status !== 200 || chat === null) return
    waiting.get(chat)?.()
    waiting.delete(chat)
  })
  const idle = people.map((person) => ({ person, next: 0 }))
  return {
    async tap() {
      const one = idle.shift()
      if (!one) throw new Error(`@${bot.username} has kept all ${people.length} people waiting`)
      const edited = new Promise<void>((resolve) => waiting.set(one.person, resolve))
      const text = bot.buttons[one.next] ?? ''
      const chat = `@${bot.username}`
      const pressed = telegram.people.press({ person: one.person, chat, text, waitMs: timeoutMs })
      const result = await Promise.race([Promise.all([pressed, edited]), late()])
      if (result === null) throw new Error(`@${bot.username} did not answer within ${timeoutMs / 1000} s`)
      const [{ kind, ...rest }] = result
      if (kind !== 'callback' || !('answer' in rest) || rest.answer === null || rest.answer.text !== '')
        throw new Error(`@${bot.username} answered a tap unexpectedly: ${JSON.stringify(rest)}`)
      one.next = (one.next + 1) % bot.buttons.length
      idle.push(one)
      return performance.now()
    },
    close: () => void forget(),
  }
}

const late = (): Promise<null> => new Promise((resolve) => setTimeout(resolve, timeoutMs, null).unref())

async function openChats(telegram: TelegramSimulator, bot: TappedBot, people: readonly number[]): Promise<void> {
  for (const person of people) telegram.people.start({ person, bot: `@${bot.username}` })
  // The bot is not running yet: what is forgotten now it never has to answer.
  await call(telegram, bot, 'deleteWebhook', { drop_pending_updates: true })
  const reply_markup = { inline_keyboard: [[{ text: bot.buttons[0], callback_data: bot.firstData }]] }
  for (const chat_id of people) await call(telegram, bot, 'sendMessage', { chat_id, text: 'Hello', reply_markup })
}

async function call({ apiRoot }: TelegramSimulator, { token }: TappedBot, method: string, body: object): Promise<void> {
  const response = await fetch(`${apiRoot}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${method}: ${await response.text()}`)
}
