import type { Priority } from './priority.ts'
import type { RateBudget } from './rate-budget.ts'

/** How long a call waits by itself when Telegram says "retry after"; longer, and the refusal goes to the caller. */
const longestWaitMs: Readonly<Record<Priority, number>> = { reply: 15_000, notification: 60_000, broadcast: 300_000 }
const maxRepeats = 3
/** Two chats refused within this time: it is the whole bot that is too fast. */
const floodWindowMs = 5_000

/** What a bot does when Telegram answers 429, "too many requests: retry after". */
export interface FloodWait {
  /** Makes the chat rest as long as Telegram said, and the whole bot when another chat was refused a moment ago. */
  rest(chatId: number | string, ms: number): void
  /** Whether a call of this priority waits that long and is repeated; `repeats` is how often it was already. */
  isWorthwhile(priority: Priority, ms: number, repeats: number): boolean
}

export function createFloodWait(budget: Pick<RateBudget, 'penalise'>, now: () => number): FloodWait {
  let lastRefusal: { readonly chatId: number | string; readonly at: number } | null = null
  return {
    rest(chatId, ms) {
      const at = now()
      budget.penalise(chatId, ms)
      if (lastRefusal && lastRefusal.chatId !== chatId && at - lastRefusal.at < floodWindowMs) budget.penalise(null, ms)
      lastRefusal = { chatId, at }
    },
    isWorthwhile: (priority, ms, repeats) => repeats < maxRepeats && ms <= longestWaitMs[priority],
  }
}
