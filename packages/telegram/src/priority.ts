import { AsyncLocalStorage } from 'node:async_hooks'

/** Who is served first when the rate budget is short: a person waiting for an answer, then notices, then broadcasts. */
export const priorities = ['reply', 'notice', 'broadcast'] as const
export type Priority = (typeof priorities)[number]

const current = new AsyncLocalStorage<Priority>()

/** Everything sent by `work`, however deep, is sent at this priority. */
export const withPriority = <T>(priority: Priority, work: () => T): T => current.run(priority, work)

/** Outside `withPriority` a call is a reply: handlers need to say nothing, background work says what it is. */
export const currentPriority = (): Priority => current.getStore() ?? 'reply'
