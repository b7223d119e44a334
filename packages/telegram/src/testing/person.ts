import type { Chat, InlineKeyboardButton, Message, Update, User } from 'grammy/types'
import { chatOf, type FakeChats, type Screen } from './fake-chats.ts'

export interface PersonOptions {
  /** 5551 when absent. */
  readonly id?: number
  /** Telegram's `language_code`: `ru` when absent. */
  readonly language?: string
  readonly name?: string
  readonly username?: string
}

export interface FeedOptions {
  /** A group instead of the private chat: a negative id. */
  readonly chatId?: number
  /** A forum topic of that group. */
  readonly threadId?: number
  /** More fields of the message, e.g. `{ media_group_id: 'a' }`. */
  readonly message?: Partial<Message>
}

/** Somebody who uses the bot. Every method settles when the bot has finished with the update. */
export interface Person {
  readonly user: User
  text(text: string, options?: FeedOptions): Promise<void>
  /** `command('start', 'ref_abc')` writes `/start ref_abc`. */
  command(name: string, argument?: string, options?: FeedOptions): Promise<void>
  photo(options?: FeedOptions & { readonly caption?: string }): Promise<void>
  document(options?: FeedOptions & { readonly caption?: string; readonly name?: string }): Promise<void>
  /**
   * Presses the newest button whose label contains `label` or whose data is exactly that. Throws, naming the buttons
   * there are, when there is none. Any white space matches any other (money has unbreakable spaces).
   */
  tap(label: string, options?: FeedOptions): Promise<void>
  /** Sends callback data that need not be on any screen, from a message that is too old to be known. */
  forge(data: string, options?: FeedOptions): Promise<void>
  /** The newest message of the bot in the chat; throws when there is none. */
  lastScreen(options?: FeedOptions): Screen
}

const plain = (text: string): string => text.replace(/\s+/g, ' ')

const dataOf = (button: InlineKeyboardButton): string | undefined =>
  'callback_data' in button ? button.callback_data : undefined

export function createPerson(
  chats: FakeChats,
  feed: (update: Omit<Update, 'update_id'>) => Promise<void>,
  options: PersonOptions = {},
): Person {
  const user: User = {
    id: options.id ?? 5551,
    is_bot: false,
    first_name: options.name ?? 'Anna',
    language_code: options.language ?? 'ru',
    ...(options.username ? { username: options.username } : {}),
  }
  const chatIdOf = (where: FeedOptions): number => where.chatId ?? user.id
  const here = (where: FeedOptions): Chat =>
    where.chatId === undefined ? { id: user.id, type: 'private', first_name: user.first_name } : chatOf(where.chatId)
  const message = (where: FeedOptions, content: Partial<Message>): Message =>
    ({
      message_id: chats.newMessageId(),
      date: 1_790_000_000,
      from: user,
      chat: here(where),
      ...(where.threadId === undefined ? {} : { message_thread_id: where.threadId, is_topic_message: true }),
      ...content,
      ...where.message,
    }) as Message
  const say = (where: FeedOptions, content: Partial<Message>) =>
    feed({ message: message(where, content) as NonNullable<Update['message']> })
  const screensIn = (where: FeedOptions): Screen[] =>
    chats.screens.filter(
      (screen) =>
        screen.chatId === chatIdOf(where) && (where.threadId === undefined || screen.threadId === where.threadId),
    )
  const press = (data: string, pressed: object) =>
    feed({
      callback_query: {
        id: String(chats.newMessageId()),
        from: user,
        chat_instance: '-4242',
        data,
        message: pressed as Message,
      },
    })

  return {
    user,
    text: (text, where = {}) => say(where, { text }),
    command: (name, argument, where = {}) => {
      const command = `/${name.replace(/^\//, '')}`
      const entities = [{ type: 'bot_command' as const, offset: 0, length: command.length }]
      return say(where, { text: argument === undefined ? command : `${command} ${argument}`, entities })
    },
    photo: ({ caption, ...where } = {}) =>
      say(where, {
        photo: [{ file_id: 'photo-in', file_unique_id: 'p', width: 90, height: 90 }],
        ...(caption === undefined ? {} : { caption }),
      }),
    document: ({ caption, name, ...where } = {}) =>
      say(where, {
        document: { file_id: 'document-in', file_unique_id: 'd', file_name: name ?? 'file.txt' },
        ...(caption === undefined ? {} : { caption }),
      }),
    tap: async (label, where = {}) => {
      const screens = screensIn(where).reverse()
      for (const screen of screens) {
        const button = screen.buttons.find((one) => dataOf(one) === label || plain(one.text).includes(plain(label)))
        const data = button && dataOf(button)
        if (data !== undefined) return press(data, chats.messageOf(screen))
      }
      const there = screens.flatMap((screen) => screen.buttons.map((button) => button.text))
      throw new Error(`no button ${JSON.stringify(label)}; there are ${JSON.stringify(there)}`)
    },
    forge: (data, where = {}) => press(data, { message_id: 1, date: 0, chat: here(where) }),
    lastScreen: (where = {}) => {
      const screen = screensIn(where).at(-1)
      if (!screen) throw new Error('the bot has shown nothing in this chat')
      return screen
    },
  }
}
