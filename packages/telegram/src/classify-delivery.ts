import { GrammyError } from 'grammy'
import { classifyApiError } from './api-errors.ts'

/** What is to become of a message that one person was to get and that did not go through. */
export type DeliveryFailure =
  /** Blocked the bot, never started it, or is gone: this person is done, nobody else is concerned. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** A definite no to this message: the same words will be refused for ever. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** `concernsEverybody`: Telegram or the token is in trouble, so whoever comes next would fail as well. */
  | {
      readonly kind: 'try_later'
      readonly reason: string
      readonly concernsEverybody: boolean
      readonly waitMs?: number
    }

/**
 * Why a message could not be sent to a person in private, and whether another try may succeed.
 *
 * @example
 * const failure = classifyDelivery(error)
 * if (failure.kind === 'unreachable') await shop.markUnreachable(telegramId)
 */
export function classifyDelivery(error: unknown): DeliveryFailure {
  const { kind, description: reason, retryAfterMs } = classifyApiError(error)
  switch (kind) {
    case 'blocked':
    case 'chat_missing':
    case 'kicked':
      return { kind: 'unreachable', reason }
    case 'too_many':
      return { kind: 'try_later', reason, concernsEverybody: false, ...(retryAfterMs ? { waitMs: retryAfterMs } : {}) }
    case 'unauthorized':
    case 'conflict':
    case 'unknown_outcome':
      return { kind: 'try_later', reason, concernsEverybody: true }
    default:
      return judgeRefusal(error, reason)
  }
}

/** What Telegram did not say itself (the database was away, a view is broken) may mend. */
function judgeRefusal(error: unknown, reason: string): DeliveryFailure {
  if (!(error instanceof GrammyError)) return { kind: 'try_later', reason, concernsEverybody: false }
  return { kind: error.error_code === 403 ? 'unreachable' : 'refused', reason }
}
