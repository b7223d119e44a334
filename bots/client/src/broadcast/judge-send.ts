import type { RecipientOutcome } from '@vpn-kiosk/shop'
import { type ApiFailureKind, classifyApiError } from '@vpn-kiosk/telegram'
import { HttpError } from 'grammy'

export interface SendJudgement {
  readonly outcome: RecipientOutcome
  readonly kind: ApiFailureKind
  /** Telegram is in trouble: how long everybody rests at least; null = only this person is concerned. */
  readonly waitMs: number | null
  /** Nothing will get better by going on, e.g. the token was revoked. */
  readonly isFatal: boolean
}

/** Failures of the connection itself: the request never left, so repeating it is safe. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function hasNeverLeft(error: unknown): boolean {
  const cause = error instanceof HttpError ? error.error : null
  return cause !== null && typeof cause === 'object' && 'code' in cause && neverLeft.has(String(cause.code))
}

/** A definite refusal may be repeated, a definite no is final, and silence is never repeated. */
export function judgeSend(error: unknown): SendJudgement {
  const { kind } = classifyApiError(error)
  if (hasNeverLeft(error)) return { outcome: 'queued', kind, waitMs: 1000, isFatal: false }
  switch (kind) {
    // The budget makes the chat, or the whole bot, rest as long as Telegram says: whoever rests waits there unclaimed.
    case 'too_many':
      return { outcome: 'queued', kind, waitMs: null, isFatal: false }
    case 'unauthorized':
      return { outcome: 'queued', kind, waitMs: null, isFatal: true }
    case 'unknown_outcome':
      return { outcome: 'unknown', kind, waitMs: 1000, isFatal: false }
    case 'blocked':
    case 'chat_missing':
      return { outcome: 'unreachable', kind, waitMs: null, isFatal: false }
    default:
      return { outcome: 'failed', kind, waitMs: null, isFatal: false }
  }
}
