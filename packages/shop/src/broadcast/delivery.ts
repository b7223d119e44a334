import type { BroadcastState, CustomerId, Language } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/*
 * What whoever sends a broadcast works with. A recipient's row goes `queued → sending` right before Telegram is asked and
 * on to its outcome after; one that stays `sending` is never claimed again. Its `at` is the time of the claim, and
 * null once it is certain that the outcome will never be known.
 */

export interface BroadcastToSend {
  readonly text: string
  readonly state: BroadcastState
}

export interface Recipient {
  readonly customerId: CustomerId
  readonly telegramId: bigint
  readonly language: Language
}

export type Claim =
  | { readonly kind: 'claimed' }
  /** Somebody else writes, or has written, to this person. */
  | { readonly kind: 'taken' }
  /** Cancelled, or done by somebody else. */
  | { readonly kind: 'not_running' }

/** `queued`: Telegram refused for now, so it is safe to ask again. `unknown`: no answer came; never repeated. */
export type RecipientOutcome = 'sent' | 'unreachable' | 'failed' | 'queued' | 'unknown'

export interface OutcomeReport {
  readonly customerId: CustomerId
  readonly outcome: RecipientOutcome
}

export type DeliveryDeps = Pick<ShopDeps, 'db' | 'clock'>
