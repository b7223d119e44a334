import { isCurrency, type Money, moneyFromDecimal } from '../money/money.ts'

/** Money that a provider reports and the shop cannot account in: another currency, too many decimals, no number at all. */
export interface UnreadableAmount {
  /** As it was written, e.g. `4500.00 KZT`: at most 80 printable characters. */
  readonly raw: string
}

/** What came: an exact amount, or one for a human to read. */
export type Received = Money | UnreadableAmount

export const isReadable = (received: Received): received is Money => 'minor' in received

const longestRaw = 80

/** Reads a provider's decimal text. Never throws: money that came must reach somebody, whatever it is called. */
export function readReceived(value: string, currency: string): Received {
  const unreadable = asWritten(`${value} ${currency}`)
  if (!isCurrency(currency)) return unreadable
  try {
    const amount = moneyFromDecimal(value, currency)
    return amount.minor < 0n ? unreadable : amount
  } catch {
    return unreadable
  }
}

/** What came, or a part of it, in the provider's own words: bounded and printable. */
export const asWritten = (text: string): UnreadableAmount => ({ raw: printable(text) })

/** Without control characters and halves of surrogate pairs, which neither Postgres nor Telegram takes. */
function printable(text: string): string {
  const kept = text
    .slice(0, longestRaw)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
  return kept === '' ? '(nothing)' : kept
}
