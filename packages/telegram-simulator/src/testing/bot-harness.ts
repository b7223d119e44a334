import { Bot } from 'grammy'
import { onTestFinished } from 'vitest'
import { createSimulatedClock, type SimulatedClock } from '../clock.ts'
import { startTelegramSimulator, type TelegramSimulator, type TelegramSimulatorOptions } from '../simulator.ts'

export interface Scene {
  readonly simulator: TelegramSimulator
  readonly people: TelegramSimulator['people']
  readonly clock: SimulatedClock
  /** A person who has the bot's private chat open. */
  readonly anna: number
}

const token = '100:secret'
export const chat = '@shop_bot'

/** A simulator with one bot and one person; it ends with the test. */
export async function openScene(options: Partial<TelegramSimulatorOptions> = {}): Promise<Scene> {
  const clock = createSimulatedClock()
  const simulator = await startTelegramSimulator({ clock, ...options })
  onTestFinished(() => simulator.close())
  simulator.addBot({ token, username: 'shop_bot', name: 'Shop' })
  const { people } = simulator
  const anna = people.createPerson({ firstName: 'Anna', username: 'anna', languageCode: 'en' }).id
  return { simulator, people, clock, anna }
}

export const createBot = ({ simulator }: Scene, botToken = token): Bot =>
  new Bot(botToken, { client: { apiRoot: simulator.apiRoot } })

/** Starts long polling and ends it with the test. The promise it returns rejects when polling does. */
export async function startPolling(bot: Bot): Promise<{ readonly ended: Promise<void> }> {
  let ended: Promise<void> = Promise.resolve()
  await new Promise<void>((resolve, reject) => {
    ended = bot.start({ onStart: () => resolve() })
    ended.catch(reject)
  })
  onTestFinished(() => bot.stop().catch(() => undefined))
  return { ended }
}

/** Waits until `read` gives something. */
export async function until<T>(read: () => T | undefined | null | false): Promise<T> {
  const deadline = performance.now() + 5_000
  for (;;) {
    const value = read()
    if (value) return value
    if (performance.now() > deadline) throw new Error('It did not happen within 5 s')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** The newest message of the bot in Anna's chat, once it is there. */
export function nextAnswer({ people, anna }: Scene, since: number) {
  return until(() => people.transcript({ person: anna, chat }).find(({ id, isMine }) => id > since && !isMine))
}
