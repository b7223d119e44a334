import type { Clock } from '../clock.ts'
import { Inbox } from '../updates/inbox.ts'
import type { WebhookSender } from '../updates/webhook.ts'
import { CallLog } from './call-log.ts'
import { CallbackQueries } from './callbacks.ts'
import type { Bot, GroupChat, Message, Person, PrivateChat } from './chat.ts'
import { Faults } from './faults.ts'
import { FileStore } from './files.ts'
import { History } from './history.ts'
import type { WorldOptions } from './options.ts'
import { PaymentDesk } from './payment-desk.ts'
import { RateLimits } from './rate-limits.ts'

export interface NewBot {
  /** `<digits>:<anything>`; the digits are the bot's id. */
  readonly token: string
  readonly username: string
  readonly name: string
  /** Privacy mode off. Default false. */
  readonly readsAllGroupMessages?: boolean
}

export interface NewPerson {
  readonly id?: number | undefined
  readonly firstName: string
  readonly lastName?: string | undefined
  readonly username?: string | undefined
  readonly languageCode?: string | undefined
}

/** Everything that this Telegram knows. One instance a simulator; nothing in it is shared. */
export class World {
  readonly clock: Clock
  readonly options: WorldOptions
  readonly bots = new Map<string, Bot>()
  readonly botsById = new Map<number, Bot>()
  readonly webhooks = new Map<number, WebhookSender>()
  readonly persons = new Map<number, Person>()
  readonly groups = new Map<number, GroupChat>()
  readonly files: FileStore
  readonly callbacks = new CallbackQueries()
  readonly payments = new PaymentDesk()
  readonly calls: CallLog
  readonly faults: Faults
  readonly rateLimits: RateLimits
  #seq = 0
  #nextPersonId = 5_000_001
  #nextGroupId = -1_001_000_000_001
  #albums = 0

  constructor(options: WorldOptions) {
    this.options = options
    this.clock = options.clock
    this.files = new FileStore(options.retainFileBytes)
    this.calls = new CallLog(options.retainCalls)
    this.faults = new Faults(options.random)
    this.rateLimits = new RateLimits(options.clock)
  }

  get seq(): number {
    return this.#seq
  }

  nowS(): number {
    return Math.floor(this.clock.now().getTime() / 1000)
  }

  nextAlbumId(): string {
    return String(13_000_000_000_000 + ++this.#albums)
  }

  takeGroupId(): number {
    while (this.groups.has(this.#nextGroupId)) this.#nextGroupId--
    return this.#nextGroupId
  }

  addBot({ token, username, name, readsAllGroupMessages = false }: NewBot): Bot {
    const id = Number(/^(\d+):.+$/.exec(token)?.[1])
    if (!Number.isSafeInteger(id)) throw new Error('A bot token looks like 100:secret')
    if (this.botsById.has(id)) throw new Error(`There is a bot ${id} already`)
    const plainName = username.replace('@', '')
    const bot: Bot = {
      token,
      user: { id, is_bot: true, first_name: name, username: plainName },
      readsAllGroupMessages,
      inbox: new Inbox(this.clock),
      dialogues: new Map(),
      commands: new Map(),
      names: new Map(),
      descriptions: new Map(),
      shortDescriptions: new Map(),
      menuButtons: new Map(),
    }
    this.bots.set(token, bot)
    this.botsById.set(id, bot)
    return bot
  }

  addPerson({ id = this.#takePersonId(), firstName, lastName, username, languageCode }: NewPerson): Person {
    if (this.persons.has(id) || this.botsById.has(id)) throw new Error(`The id ${id} is taken`)
    const plainName = username?.replace('@', '')
    const person: Person = {
      user: {
        id,
        is_bot: false,
        first_name: firstName,
        last_name: lastName,
        username: plainName,
        language_code: languageCode,
      },
      dialogues: new Map(),
      isDeactivated: false,
    }
    this.persons.set(id, person)
    return person
  }

  /** The dialogue of a person and a bot, empty if they have none yet. */
  ensureDialogue(person: Person, bot: Bot): PrivateChat {
    const known = person.dialogues.get(bot.user.id)
    if (known) return known
    const chat: PrivateChat = {
      kind: 'private',
      id: person.user.id,
      person,
      bot,
      history: this.createHistory(),
      instance: chatInstance(bot.user.id, person.user.id),
      pinned: [],
      keyboard: null,
      isStarted: false,
      isBlocked: false,
    }
    person.dialogues.set(bot.user.id, chat)
    bot.dialogues.set(person.user.id, chat)
    return chat
  }

  createHistory(): History<Message> {
    return new History(this.options.retainMessagesPerChat, () => ++this.#seq)
  }

  findBotByName(username: string): Bot | undefined {
    const wanted = username.replace('@', '').toLowerCase()
    return [...this.botsById.values()].find((bot) => bot.user.username.toLowerCase() === wanted)
  }

  findGroupByName(username: string): GroupChat | undefined {
    const wanted = username.replace('@', '').toLowerCase()
    return [...this.groups.values()].find((group) => group.username?.toLowerCase() === wanted)
  }

  #takePersonId(): number {
    while (this.persons.has(this.#nextPersonId)) this.#nextPersonId++
    return this.#nextPersonId++
  }
}

/** A number that stays the same for a chat and says nothing about it. */
export const chatInstance = (a: number, b: number): string =>
  String((BigInt(a) * 1_000_003n + BigInt(b) * 7_919n) % 9_007_199_254_740_881n)
