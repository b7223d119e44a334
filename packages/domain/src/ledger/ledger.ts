import type { CustomerId } from '../ids/ids.ts'
import { addMoney, type Money, money } from '../money/money.ts'
import type { OrderKind } from '../order/order.ts'
import type { ProviderId } from '../payment/provider.ts'

/**
 * Accounts of the books.
 * - `provider:*`: what a provider owes us (assets).
 * - `deferred`: time that was sold and has not passed yet; `customer:*`: a customer's balance; `suspense`: money that
 *   arrived and cannot be granted yet; `gifts`: gifts that were paid for and that nobody has activated (debts).
 * - `revenue`: sold time that has passed (income). `refunds`: what was given back of it. `fees`: what providers keep.
 *   `credit`: what admins gave away, which is never revenue. `bonuses`: what invitations earned, less what came back.
 *   `written_off`: money that staff gave up: what a provider never had (a loss), or what nobody claims (a gain).
 */
export type LedgerAccount =
  | `provider:${ProviderId}`
  | `customer:${CustomerId}`
  | 'deferred'
  | 'gifts'
  | 'revenue'
  | 'refunds'
  | 'fees'
  | 'credit'
  | 'bonuses'
  | 'suspense'
  | 'written_off'

/** Positive = debit, negative = credit. */
export interface LedgerEntry {
  readonly account: LedgerAccount
  readonly amount: Money
}

const negate = (amount: Money): Money => ({ minor: -amount.minor, currency: amount.currency })

/** From one account to another; nothing where the amount is zero. */
const move = (debit: LedgerAccount, credit: LedgerAccount, amount: Money): LedgerEntry[] =>
  amount.minor === 0n
    ? []
    : [
        { account: debit, amount },
        { account: credit, amount: negate(amount) },
      ]

/** Throws unless the entries of every currency sum to zero. */
export function assertBalanced(entries: readonly LedgerEntry[]): void {
  const sums = new Map<string, bigint>()
  for (const { amount } of entries) sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.minor)
  for (const [currency, sum] of sums) if (sum !== 0n) throw new Error(`posting is off by ${sum} minor ${currency}`)
}

/** What a customer pays with who pays from the balance: no provider of the outside world has this id. */
export const balanceProvider: ProviderId = 'balance'

/** Where money of a payment comes from, and goes back to. */
const sourceOf = (provider: ProviderId, customer: CustomerId): LedgerAccount =>
  provider === balanceProvider ? `customer:${customer}` : `provider:${provider}`

export interface Sale {
  readonly provider: ProviderId
  readonly customer: CustomerId
  readonly price: Money
  /** What came beyond the price becomes the customer's balance. */
  readonly surplus: Money | null
  /** What the provider keeps, in whatever currency it keeps it; null where it does not say. */
  readonly fee: Money | null
}

/** Money received for an order: the price is owed as time until that has passed. */
export const salePosting = (sale: Sale): LedgerEntry[] => owePrice('deferred', sale)

/** Money received for a gift: the price is owed to nobody in particular until somebody activates it. */
const giftSalePosting = (sale: Sale): LedgerEntry[] => owePrice('gifts', sale)

const owePrice = (owed: 'deferred' | 'gifts', { provider, customer, price, surplus, fee }: Sale): LedgerEntry[] => [
  ...move(sourceOf(provider, customer), owed, price),
  ...(surplus ? move(`provider:${provider}`, `customer:${customer}`, surplus) : []),
  ...(fee ? feePosting(provider, fee) : []),
]

/** What a provider keeps of what it collected. */
export const feePosting = (provider: ProviderId, fee: Money): LedgerEntry[] => move('fees', `provider:${provider}`, fee)

/** Money received for no order yet: the customer's balance. */
const topUpPosting = ({ provider, customer, price, surplus, fee }: Sale): LedgerEntry[] => [
  ...move(`provider:${provider}`, `customer:${customer}`, surplus ? addMoney(price, surplus) : price),
  ...(fee ? feePosting(provider, fee) : []),
]

/** Money received for an order of this kind. */
export function receivedPosting(kind: OrderKind, sale: Sale): LedgerEntry[] {
  if (kind === 'top_up') return topUpPosting(sale)
  return kind === 'gift' ? giftSalePosting(sale) : salePosting(sale)
}

/** Money received that does not match what was asked: held until a human decides. */
export const suspensePosting = (provider: ProviderId, received: Money): LedgerEntry[] =>
  move(`provider:${provider}`, 'suspense', received)

/** Money in the books that the provider does not have, and that will not come, is a loss. */
export const lossPosting = (provider: ProviderId, lost: Money): LedgerEntry[] =>
  move('written_off', `provider:${provider}`, lost)

/** Money that is held for a decision, and that nobody claims, is kept. */
export const unclaimedPosting = (kept: Money): LedgerEntry[] => move('suspense', 'written_off', kept)

/** Money that the shop gives away is a customer's balance, and never revenue. */
export const creditPosting = (customer: CustomerId, amount: Money): LedgerEntry[] =>
  move('credit', `customer:${customer}`, amount)

/** What an invitation earned becomes the inviter's balance. */
export const bonusPosting = (inviter: CustomerId, amount: Money): LedgerEntry[] =>
  move('bonuses', `customer:${inviter}`, amount)

/** The friend's money was given back: so is what it earned, as far as the inviter still has it. */
export const bonusBackPosting = (inviter: CustomerId, amount: Money): LedgerEntry[] =>
  move(`customer:${inviter}`, 'bonuses', amount)

/** A gift was activated: its price is owed as the recipient's time from now on. */
export const giftActivationPosting = (price: Money): LedgerEntry[] => move('gifts', 'deferred', price)

/** Nobody activated a gift: what was paid for it is the giver's balance. */
export const giftReturnPosting = (giver: CustomerId, value: Money): LedgerEntry[] =>
  move('gifts', `customer:${giver}`, value)

/** Time that was sold has passed. */
export const recognitionPosting = (passed: Money): LedgerEntry[] => move('deferred', 'revenue', passed)

/** From which accounts a refund is taken. Their sum is what the provider gave back. */
export interface RefundParts {
  /** Of time that has not passed, or of a gift that nobody activated. */
  readonly deferred: Money
  /** Of time that has passed, and whatever else has to be borne. */
  readonly passed: Money
  /** Of the surplus that had become the customer's balance. */
  readonly balance: Money
}

/** Money given back through the provider. `owed`: the account that has the part which is still owed. */
export const refundPosting = (
  provider: ProviderId,
  customer: CustomerId,
  { deferred, passed, balance }: RefundParts,
  owed: 'deferred' | 'gifts' = 'deferred',
): LedgerEntry[] => [
  ...move(owed, sourceOf(provider, customer), deferred),
  ...move('refunds', sourceOf(provider, customer), passed),
  ...move(`customer:${customer}`, `provider:${provider}`, balance),
]

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** What may be taken, in minor units of the refund's currency. */
export interface RefundSources {
  /** How much of the refund is not of the price, but of what came beyond it. */
  readonly ofSurplus: bigint
  /** Of the price: what is owed as time that has not passed. */
  readonly deferred: bigint
  /** What is left on the customer's balance. */
  readonly balance: bigint
}

/**
 * Divides a refund: of the price, first the time that has not passed; of the surplus, what is left of it on the
 * customer's balance. The rest is borne by the shop. All in one currency; no part is negative.
 */
export function divideRefund(amount: Money, sources: RefundSources): RefundParts {
  const ofPrice = amount.minor - sources.ofSurplus
  const deferred = least(ofPrice, sources.deferred)
  const balance = least(sources.ofSurplus, sources.balance)
  const { currency } = amount
  return {
    deferred: money(deferred, currency),
    balance: money(balance, currency),
    passed: money(amount.minor - deferred - balance, currency),
  }
}

/** What is owed for time that has not passed, rounded up: the last part of a price is earned with the last moment. */
export function deferredOf(price: bigint, remainingMs: number, lengthMs: number): bigint {
  if (remainingMs <= 0) return 0n
  const whole = BigInt(Math.max(1, lengthMs))
  return least(price, (price * BigInt(Math.min(remainingMs, lengthMs)) + whole - 1n) / whole)
}
