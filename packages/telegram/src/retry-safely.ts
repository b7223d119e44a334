import { autoRetry } from '@grammyjs/auto-retry'
import type { Transformer } from 'grammy'
import { isCharged, isSend } from './sender.ts'

/** Not repeated here: late answers are useless, polling has its own retries. */
const never = new Set(['getUpdates', 'answerCallbackQuery', 'answerPreCheckoutQuery', 'answerShippingQuery'])

/** Stating the same wish twice is stating it once, so no answer at all may be met with one repeat. */
const idempotent = /^(?:get|edit|set|delete|pin|unpin)/
const repeatAfterMs = 300

/**
 * Repeats what may be repeated. "Retry after" (the call was not carried out) up to twice, 15 s at most; after a
 * network failure or a 5xx (nobody knows) only calls that are idempotent, once: a repeated `sendMessage` would be
 * read twice, a repeated `createForumTopic` makes two topics.
 */
export function retrySafely(): Transformer {
  const afterRefusal = autoRetry({
    maxRetryAttempts: 2,
    maxDelaySeconds: 15,
    rethrowInternalServerErrors: true,
    rethrowHttpErrors: true,
  })
  return async (prev, method, payload, signal) => {
    if (never.has(method) || isSend(method)) return prev(method, payload, signal)
    const call = idempotent.test(method) ? onceMore(prev) : prev
    // The sender waits out the refusals of what is charged, so that they also rest the chat in the budget.
    return isCharged(method) ? call(method, payload, signal) : afterRefusal(call, method, payload, signal)
  }
}

type Call = Parameters<Transformer>[0]

const onceMore =
  (prev: Call): Call =>
  async (method, payload, signal) => {
    const first = await prev(method, payload, signal).catch((error: unknown) => ({ error }))
    const unknown = 'error' in first || (!first.ok && first.error_code >= 500)
    if (!unknown) return first
    if (signal?.aborted) {
      if ('error' in first) throw first.error
      return first
    }
    await new Promise((resolve) => setTimeout(resolve, repeatAfterMs))
    return prev(method, payload, signal)
  }
