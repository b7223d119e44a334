import type { PaymentId } from '../ids/ids.ts'
import type { Money } from '../money/money.ts'

/** The way to pay of a plan that Telegram charges again by itself, and how often it does: it knows no other period. */
export const starSubscription = { method: 'monthly', days: 30 } as const

/** One payment in Telegram Stars, as Telegram tells of it. */
export interface StarCharge {
  /** Telegram's own id of the charge. */
  readonly id: string
  /** What the invoice carried as its payload; of a kept renewal, the payment that was made for it. */
  readonly paymentId: PaymentId
  /** The payer's Telegram id: stars go back to nobody else. */
  readonly payerId: bigint
  readonly amount: Money
  readonly paidAt: Date
  readonly refundedAt: Date | null
}

/**
 * The charges that Telegram has told of. Telegram lists its transactions from the first one on and finds none by its payload,
 * so that each is read once and kept.
 */
export interface StarChargeBook {
  /** Once by the charge's id; of one that is known, a refund is kept. */
  add(charges: readonly StarCharge[]): Promise<void>
  listOf(paymentId: PaymentId): Promise<readonly StarCharge[]>
  /** Paid or given back since then, oldest payment first, a page at a time. */
  listSince(since: Date): AsyncIterable<readonly StarCharge[]>
  /** How many of Telegram's transactions have been read. */
  readCursor(): Promise<number>
  moveCursor(count: number): Promise<void>
}
