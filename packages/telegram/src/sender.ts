import type { Transformer } from 'grammy'
import { createFloodWait } from './flood-wait.ts'
import { currentSending } from './priority.ts'
import type { RateBudget } from './rate-budget.ts'

/** Puts a message of ours into a chat. */
export const isSend = (method: string): boolean => /^(?:send(?!ChatAction$)|copy|forward)/.test(method)

/** Puts a line of Telegram's own into a chat: "topic created", "pinned a message". It counts like a message. */
const makesNews =
  /^(?:(?:create|edit|close|reopen)ForumTopic|(?:edit|close|reopen|hide|unhide)GeneralForumTopic|pinChatMessage|setChatTitle|setChatPhoto|deleteChatPhoto)$/

/** What Telegram counts against a chat's limit; edits, answers and questions go straight through. */
export const isCharged = (method: string): boolean => isSend(method) || makesNews.test(method)

const list = (value: unknown): number => (Array.isArray(value) ? Math.max(1, value.length) : 1)

/** An album and a bulk copy count as many messages as they make. */
const messagesIn = (payload: Readonly<Record<string, unknown>>): number =>
  Math.max(list(payload.media), list(payload.message_ids))

/**
 * Keeps a bot within its rate budget: each call that leaves something in a chat takes room for its chat at the priority it runs at
 * (`withPriority`), and a 429 makes the chat, or the whole bot, rest as long as Telegram says before one repeats. A
 * message with `onTurn` waits like the others, then hears that its turn has come, and is not repeated.
 *
 * @example
 * bot.api.config.use(createSender(budget))
 */
export function createSender(budget: RateBudget, now: () => number = () => performance.now()): Transformer {
  const floodWait = createFloodWait(budget, now)
  return async (prev, method, payload, signal) => {
    const fields = payload as Readonly<Record<string, unknown>>
    const chatId = fields.chat_id
    if (!isCharged(method) || (typeof chatId !== 'number' && typeof chatId !== 'string'))
      return prev(method, payload, signal)
    const { priority, onTurn, beforeAsking } = currentSending()
    const messages = messagesIn(fields)
    for (let repeat = 0; ; repeat++) {
      await budget.take(chatId, priority, messages)
      await onTurn?.()
      await beforeAsking?.()
      const response = await prev(method, payload, signal)
      if (response.ok || response.error_code !== 429) return response
      const ms = (response.parameters?.retry_after ?? 1) * 1000
      floodWait.rest(chatId, ms)
      if (onTurn || !floodWait.isWorthwhile(priority, ms, repeat)) return response
    }
  }
}
