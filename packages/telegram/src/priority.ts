import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Who is served first when the rate budget is short: a person waiting for an answer, then notifications, then broadcasts.
 */
export const priorities = ['reply', 'notification', 'broadcast'] as const
export type Priority = (typeof priorities)[number]

export interface Sending {
  readonly priority: Priority
  /**
   * Called when the budget lets the message go, right before Telegram is asked; what it throws keeps the message back.
   * Such a message is asked for once: after a 429 the caller knows whether it still wants it.
   */
  readonly onTurn?: (() => Promise<void>) | undefined
  /** Called right before each time that Telegram is asked, after a 429 too; what it throws keeps the message back. */
  readonly beforeAsking?: (() => Promise<void>) | undefined
}

const current = new AsyncLocalStorage<Sending>()

/**
 * Everything sent by `work`, however deep, is sent at this priority.
 *
 * @example
 * await withPriority('broadcast', () => sendView(bot.api, chatId, view))
 */
export const withPriority = <T>(priority: Priority, work: () => T): T => current.run({ priority }, work)

/** The same for one message whose sender wants to hear when its turn has come. */
export const withSending = <T>(sending: Sending, work: () => T): T => current.run(sending, work)

/** Outside of both a call is a reply: handlers need to say nothing, background work says what it is. */
export const currentSending = (): Sending => current.getStore() ?? { priority: 'reply' }
