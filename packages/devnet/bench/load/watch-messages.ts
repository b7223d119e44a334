import { setTimeout as pause } from 'node:timers/promises'
import type { TelegramSimulator } from '@vpn-kiosk/telegram-simulator'

export interface WatchedMessages {
  /** When each of them got the first message, in `performance.now()`'s time. Waits for all, at most `timeoutMs`; then stops watching. */
  all(people: readonly number[], timeoutMs: number): Promise<ReadonlyMap<number, number>>
}

/** Notes when a bot's messages arrive, from now on. */
export function watchMessages({ calls }: TelegramSimulator, username: string): WatchedMessages {
  const arrivedAt = new Map<number, number>()
  const forget = calls.onCall(({ method, bot, chat, status }) => {
    if (bot !== username || status !== 200 || chat === null || !/^send(?:Message|Photo|Document)$/.test(method)) return
    if (!arrivedAt.has(chat)) arrivedAt.set(chat, performance.now())
  })
  return {
    async all(people, timeoutMs) {
      const endAt = performance.now() + timeoutMs
      while (performance.now() < endAt && people.some((person) => !arrivedAt.has(person))) await pause(50)
      forget()
      return arrivedAt
    },
  }
}
