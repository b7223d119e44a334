import { type Bot, BotError } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { BotContext } from '../context.ts'
import type { BotBase } from '../create-bot.ts'
import { silentLogger } from '../logger.ts'
import { createFakeChats, type FakeChats } from './fake-chats.ts'
import { createPerson, type Person, type PersonOptions } from './person.ts'

export interface HarnessOptions extends PersonOptions {
  readonly botUsername?: string
  /** A failing handler meets the bot's own error boundary instead of failing the test. */
  readonly keepErrors?: boolean
}

/** A bot with people in front of it and no network behind it. The harness itself is the first person. */
export interface Harness<C extends BotContext>
  extends Person,
    Omit<FakeChats, 'transformer' | 'messageOf' | 'newMessageId'> {
  readonly bot: Bot<C>
  /** Somebody else. */
  person(options: PersonOptions): Person
  feed(update: Omit<Update, 'update_id'>): Promise<void>
  /** The payloads of every call of one method. */
  callsOf(method: string): Readonly<Record<string, unknown>>[]
  /** The words over the chat after the last button; '' when it was answered silently. */
  lastAnswer(): string
}

const botInfoOf = (username: string): UserFromGetMe => ({
  id: 1,
  is_bot: true,
  first_name: 'Bot',
  username,
  can_join_groups: true,
  can_read_all_group_messages: true,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_guest_queries: false,
  supports_join_request_queries: false,
})

/** Builds the real bot on a fake Telegram: `createBotHarness((base) => createClientBot({ ...base, shop }))`. */
export function createBotHarness<C extends BotContext>(
  build: (base: BotBase) => Bot<C>,
  options: HarnessOptions = {},
): Harness<C> {
  const botInfo = botInfoOf(options.botUsername ?? 'kiosk_bot')
  const bot = build({ token: '1:test', botInfo, logger: silentLogger })
  const chats = createFakeChats(botInfo)
  bot.api.config.use(chats.transformer)
  let updateId = 1000
  const feed = async (update: Omit<Update, 'update_id'>): Promise<void> => {
    updateId += 1
    try {
      await bot.handleUpdate({ ...update, update_id: updateId } as Update)
    } catch (error) {
      if (!(error instanceof BotError)) throw error
      if (!options.keepErrors) throw error.error
      await bot.errorHandler(error as BotError<C>)
    }
  }
  return {
    ...createPerson(chats, feed, options),
    bot,
    calls: chats.calls,
    screens: chats.screens,
    answers: chats.answers,
    failNext: chats.failNext,
    respond: chats.respond,
    person: (who) => createPerson(chats, feed, who),
    feed,
    callsOf: (method) => chats.calls.filter((call) => call.method === method).map(({ payload }) => payload),
    lastAnswer: () => {
      const answer = chats.answers.at(-1)
      if (answer === undefined) throw new Error('no callback query was answered')
      return answer
    },
  }
}
