import { setTimeout as pause } from 'node:timers/promises'
import { createLogger } from '@vpn-kiosk/app'
import { createShopDatabase } from '@vpn-kiosk/shop/testing'
import type { PressResult, SeenMessage } from '@vpn-kiosk/telegram-simulator'
import { cast, type PersonName } from '../src/cast.ts'
import { createDevnet, type Devnet, type DevnetOptions } from '../src/create-devnet.ts'

type Talk = string | RegExp

/** A person of the story, in one chat with one bot. */
export interface Actor {
  readonly id: number
  start(payload?: string): void
  say(text: string): void
  /** Presses the newest button whose text matches; waits for it to be there. */
  tap(text: Talk): Promise<PressResult>
  /** Waits for a message whose text matches and returns it as it stands. */
  sees(text: Talk, timeoutMs?: number): Promise<SeenMessage>
  /** All messages of the chat as they stand now, oldest first. */
  screen(): SeenMessage[]
  count(text: Talk): number
}

export interface Story {
  readonly devnet: Devnet
  customer(name?: PersonName): Actor
  /** Somebody who was not in the cast. */
  newcomer(firstName: string, languageCode?: string): Actor
  owner(): Actor
  inSupport(name?: PersonName): Actor
  end(): Promise<void>
}

const clientBot = `@${cast.bots.client.username}`
const adminBot = `@${cast.bots.admin.username}`
const supportBot = `@${cast.bots.support.username}`

/** Opens a devnet on a database of its own. */
export async function openStory(postgresUrl: string, options: Partial<DevnetOptions> = {}): Promise<Story> {
  const fixture = await createShopDatabase(postgresUrl)
  const logger = createLogger({ name: 'story', level: 'silent' })
  const devnet = await createDevnet({ databaseUrl: fixture.url, logger, ...options })
  const { people } = devnet.telegram
  return {
    devnet,
    customer: (name = 'customer') => createActor(devnet, cast.people[name].id, clientBot),
    newcomer: (firstName, languageCode = 'ru') =>
      createActor(devnet, people.createPerson({ firstName, languageCode }).id, clientBot),
    owner: () => createActor(devnet, cast.people.owner.id, adminBot),
    inSupport: (name = 'customer') => createActor(devnet, cast.people[name].id, supportBot),
    end: async () => {
      await devnet.close()
      await fixture.drop()
    },
  }
}

export function createActor({ telegram: { people } }: Pick<Devnet, 'telegram'>, person: number, chat: string): Actor {
  const screen = () => people.transcript({ person, chat })
  const matching = (text: Talk) => screen().filter((message) => !message.isMine && matches(message, text))
  return {
    id: person,
    start: (payload) => void people.start({ person, bot: chat, ...(payload ? { payload } : {}) }),
    say: (text) => void people.sendText({ person, chat, text }),
    tap: async (text) => {
      const { message, button } = await until(() => findButton(screen(), text), `a button ${text}`, screen)
      return people.press({ person, chat, message, text: button })
    },
    sees: (text, timeoutMs) => until(() => matching(text).at(-1), `a message like ${text}`, screen, timeoutMs),
    screen,
    count: (text) => matching(text).length,
  }
}

const fits = (text: string, wanted: Talk): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)

const matches = (message: SeenMessage, text: Talk): boolean => fits(message.text ?? '', text)

function findButton(messages: SeenMessage[], text: Talk): { message: number; button: string } | undefined {
  for (const message of messages.toReversed()) {
    const button = message.buttons.flat().find((one) => fits(one.text, text))
    if (button) return { message: message.id, button: button.text }
  }
  return undefined
}

async function until<T>(
  find: () => T | undefined,
  what: string,
  screen: () => SeenMessage[],
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = find()
    if (found !== undefined) return found
    if (performance.now() > deadline) {
      const seen = screen()
        .slice(-4)
        .map((message) => `${message.text} ${JSON.stringify(message.buttons.flat().map((button) => button.text))}`)
      throw new Error(`waited in vain for ${what}; the last messages were:\n${seen.join('\n---\n')}`)
    }
    await pause(20)
  }
}
