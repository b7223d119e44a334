import type { CustomerId } from '../ids/ids.ts'
import type { Money } from '../money/money.ts'
import type { ProviderId } from '../payment/provider.ts'

/**
 * Accounts of the books. `provider:*` holds what providers owe or paid us; `revenue` what was earned;
 * `customer:*` what we owe a customer (its balance); `credit` what admins gave away, which is never revenue;
 * `suspense` money that arrived but cannot be granted yet.
 */
export type LedgerAccount = `provider:${ProviderId}` | `customer:${CustomerId}` | 'revenue' | 'credit' | 'suspense'

/** Positive = debit, negative = credit. */
export interface LedgerEntry {
  readonly account: LedgerAccount
  readonly amount: Money
}

const negate = (amount: Money): Money => ({ minor: -amount.minor, currency: amount.currency })

/** Throws unless the entries of every currency sum to zero. */
export function assertBalanced(entries: readonly LedgerEntry[]): void {
  const sums = new Map<string, bigint>()
  for (const { amount } of entries) sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.minor)
  for (const [currency, sum] of sums) if (sum !== 0n) throw new Error(`posting is off by ${sum} minor ${currency}`)
}

/** Money received for an order: the price is earned, a surplus becomes the customer's balance. */
export function salePosting(
  provider: ProviderId,
  customer: CustomerId,
  price: Money,
  surplus: Money | null,
): LedgerEntry[] {
  const entries: LedgerEntry[] = [
    { account: `provider:${provider}`, amount: price },
    { account: 'revenue', amount: negate(price) },
  ]
  if (surplus === null) return entries
  return [
    ...entries,
    { account: `provider:${provider}`, amount: surplus },
    { account: `customer:${customer}`, amount: negate(surplus) },
  ]
}

/** Money received that does not match what was asked: held until a human decides. */
export const suspensePosting = (provider: ProviderId, received: Money): LedgerEntry[] => [
  { account: `provider:${provider}`, amount: received },
  { account: 'suspense', amount: negate(received) },
]
