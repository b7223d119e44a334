import { type Priority, priorities } from './priority.ts'

/** The limits of one bot token. A simulator or a test may scale them. */
export interface RateLimits {
  /** Messages in any second, over all chats (30). */
  readonly perSecond: number
  /** Messages in a second in one chat, in the long run (1) … */
  readonly perChatPerSecond: number
  /** … of which so many may come at once (3). */
  readonly chatBurst: number
  /** Messages in any minute in one group (20). */
  readonly perGroupPerMinute: number
  /** Calls that may wait; one more is refused (10 000). */
  readonly maxWaiting: number
}

/** Telegram's limits, with a little room: messages a second of a bot and of a chat, a minute of a group. */
export const telegramLimits: RateLimits = {
  perSecond: 30,
  perChatPerSecond: 1,
  chatBurst: 3,
  perGroupPerMinute: 20,
  maxWaiting: 10_000,
}

/** Who asks before each message. Narrow, so that several replicas may share one later. */
export interface RateBudget {
  /** Settles when the message may go; at once (no timer) when there is room. Rejects with `RateBudgetExhausted`. */
  take(chatId: number | string, priority: Priority, messages?: number): Promise<void>
  /** Telegram said "retry after": this chat, or with null the whole bot, rests for `ms`. */
  penalise(chatId: number | string | null, ms: number): void
}

export interface OwnedRateBudget extends RateBudget {
  /** What a group was sent before this process began: how many ms ago each message went, in any order. */
  recall(groupId: number | string, agesMs: readonly number[]): void
  /** Calls that wait now. */
  waiting(): number
  /** Chats remembered now: falls back to zero when all is quiet. */
  chats(): number
}

/** More calls wait than may: the caller slows down or tells the person to try later. */
export class RateBudgetExhausted extends Error {
  override readonly name = 'RateBudgetExhausted'
}

interface Waiter {
  readonly chatId: number | string
  readonly messages: number
  readonly go: () => void
}

/** The times of the last `size` messages: the next one may go when the oldest is `windowMs` old. */
class SlidingWindow {
  readonly #times: Float64Array
  readonly #windowMs: number
  #next = 0
  constructor(size: number, windowMs: number) {
    this.#times = new Float64Array(size).fill(Number.NEGATIVE_INFINITY)
    this.#windowMs = windowMs
  }
  readyAt(messages: number): number {
    const size = this.#times.length
    const slot = (this.#next + Math.min(messages, size) - 1) % size
    return (this.#times[slot] ?? 0) + this.#windowMs
  }
  add(messages: number, now: number): void {
    for (let count = Math.min(messages, this.#times.length); count > 0; count--) {
      this.#times[this.#next] = now
      this.#next = (this.#next + 1) % this.#times.length
    }
  }
}

/** Groups and channels, by id or by name. */
export const isGroup = (chatId: number | string): boolean =>
  typeof chatId === 'number' ? chatId < 0 : /^[-@]/.test(chatId)

/** A group's limit is counted over this time. */
export const groupWindowMs = 60_000
const sweepEvery = 1_000
/** Notifications and broadcasts are spread evenly; after a late timer they may catch up this much. */
const catchUpMs = 100

/** What was sent, and when the next message may go: at the bot's pace, and at that of each chat. */
function keepAccounts({ perSecond, perChatPerSecond, chatBurst, perGroupPerMinute }: RateLimits) {
  const chatIntervalMs = 1000 / perChatPerSecond
  const overall = new SlidingWindow(perSecond, 1000)
  /** For each chat, when it will have earned back what it sent (and how long it rests). */
  const earnedAt = new Map<number | string, number>()
  const groups = new Map<number | string, { window: SlidingWindow; usedAt: number }>()
  let restsUntil = 0
  let pacedUntil = 0
  let taken = 0

  const spendInGroup = (groupId: number | string, messages: number, at: number): void => {
    const group = groups.get(groupId) ?? { window: new SlidingWindow(perGroupPerMinute, groupWindowMs), usedAt: at }
    group.window.add(messages, at)
    group.usedAt = at
    groups.set(groupId, group)
  }
  /** Forgets chats that owe nothing: memory follows the traffic of the last seconds, not the number of people. */
  const sweep = (at: number): void => {
    for (const [chatId, earned] of earnedAt) if (earned <= at) earnedAt.delete(chatId)
    for (const [chatId, group] of groups) if (group.usedAt + groupWindowMs <= at) groups.delete(chatId)
  }

  return {
    chatReadyAt: (chatId: number | string, messages: number): number => {
      const earned = earnedAt.get(chatId) ?? Number.NEGATIVE_INFINITY
      const alone = earned - (chatBurst - 1) * chatIntervalMs
      return Math.max(alone, groups.get(chatId)?.window.readyAt(messages) ?? alone)
    },
    overallReadyAt: (priority: Priority, messages: number): number =>
      Math.max(overall.readyAt(messages), restsUntil, priority === 'reply' ? 0 : pacedUntil - catchUpMs),
    spend: (chatId: number | string, messages: number, at: number): void => {
      overall.add(messages, at)
      pacedUntil = Math.max(pacedUntil, at) + (1000 / perSecond) * messages
      earnedAt.set(chatId, Math.max(earnedAt.get(chatId) ?? 0, at) + chatIntervalMs * messages)
      if (isGroup(chatId)) spendInGroup(chatId, messages, at)
      taken += 1
      if (taken % sweepEvery === 0) sweep(at)
    },
    spendInGroup,
    rest: (chatId: number | string | null, until: number): void => {
      if (chatId === null) restsUntil = Math.max(restsUntil, until)
      else earnedAt.set(chatId, Math.max(earnedAt.get(chatId) ?? 0, until + (chatBurst - 1) * chatIntervalMs))
    },
    chats: (at: number): number => {
      sweep(at)
      return earnedAt.size + groups.size
    },
  }
}

/**
 * A budget in this process's memory. Replies use all the room there is; notifications and broadcasts are spread over the
 * second, so that under a broadcast a reply waits for one slot (33 ms), not for the next second. Within a priority
 * it is first come, first served for each chat, and one resting chat holds nobody else up.
 * `now` is any monotonic clock in milliseconds.
 *
 * @example
 * const budget = createRateBudget()
 * await budget.take(chatId, 'reply')
 */
export function createRateBudget(
  limits: Partial<RateLimits> = {},
  now: () => number = () => performance.now(),
): OwnedRateBudget {
  const allowed = { ...telegramLimits, ...limits }
  const { chatReadyAt, overallReadyAt, spend, spendInGroup, rest, chats } = keepAccounts(allowed)
  const queues: Readonly<Record<Priority, Set<Waiter>>> = {
    reply: new Set(),
    notification: new Set(),
    broadcast: new Set(),
  }
  let waiting = 0
  let timer: NodeJS.Timeout | undefined

  /** Lets go whoever may go now, and sets one timer for the next who may. */
  const pump = (): void => {
    const at = now()
    let nextAt = Number.POSITIVE_INFINITY
    for (const priority of priorities) nextAt = Math.min(nextAt, pumpQueue(priority, at))
    clearTimeout(timer)
    timer = Number.isFinite(nextAt) ? setTimeout(pump, Math.max(1, Math.ceil(nextAt - at))) : undefined
  }
  const pumpQueue = (priority: Priority, at: number): number => {
    let nextAt = Number.POSITIVE_INFINITY
    const held = new Set<number | string>()
    for (const waiter of queues[priority]) {
      const openAt = overallReadyAt(priority, waiter.messages)
      if (openAt > at) return Math.min(nextAt, openAt)
      if (held.has(waiter.chatId)) continue
      const readyAt = chatReadyAt(waiter.chatId, waiter.messages)
      if (readyAt > at) {
        held.add(waiter.chatId)
        nextAt = Math.min(nextAt, readyAt)
        continue
      }
      queues[priority].delete(waiter)
      waiting -= 1
      spend(waiter.chatId, waiter.messages, at)
      waiter.go()
    }
    return nextAt
  }

  return {
    async take(chatId, priority, messages = 1) {
      const at = now()
      if (waiting === 0 && overallReadyAt(priority, messages) <= at && chatReadyAt(chatId, messages) <= at)
        return spend(chatId, messages, at)
      if (waiting >= allowed.maxWaiting) throw new RateBudgetExhausted(`${waiting} calls are waiting`)
      return new Promise<void>((go) => {
        queues[priority].add({ chatId, messages, go })
        waiting += 1
        pump()
      })
    },
    penalise: (chatId, ms) => rest(chatId, now() + ms),
    recall(groupId, agesMs) {
      const at = now()
      for (const age of agesMs.toSorted((a, b) => b - a)) spendInGroup(groupId, 1, at - age)
    },
    waiting: () => waiting,
    chats: () => chats(now()),
  }
}
