import { type Money, money } from '../money/money.ts'

/*
 * What an invitation brings, and what counts for it:
 * 1. Only money that came from outside counts: a payment through a provider, once, when it enters. A purchase from the
 *    balance earns no percent: its money was counted as a top-up, or was given away (a code, a gift, a percent).
 * 2. Days are given once, with the friend's first purchase of a plan by when they have paid in at least its price from
 *    outside. A trial that costs something, or an add-on, is none.
 * 3. A percent is of what was paid, rounded down, on the inviter's balance: of each such payment, or of the first.
 *    A second percent goes to whoever invited the inviter. Who is banned earns none.
 * 4. What is refunded is taken back in proportion, as far as the balance goes; the shop bears the rest.
 */

/** Percents of an invitation go so far; more is a mistake. */
export const mostReferralPercent = 50

/** A share of what was paid, rounded down. */
export const rewardOf = ({ minor, currency }: Money, percent: number): Money =>
  money((minor * BigInt(percent)) / 100n, currency)

/** How much of a reward has to be back, in minor units, when `refunded` of `paid` was given back. */
export function rewardDueBack(reward: bigint, refunded: bigint, paid: bigint): bigint {
  if (paid <= 0n || refunded >= paid) return reward
  return refunded <= 0n ? 0n : (reward * refunded) / paid
}
