import { addMoney, type Money, money, moneyToDecimal, subtractMoney } from '../money/money.ts'
import { isReadable, type Received } from './received.ts'

/**
 * How a settled payment differs from what its provider has. `missing`: it is paid here, and not there. `less`: less came
 * there. `unlike`: what came there is in another currency, or cannot be read. `refund_missing`: less was given back there
 * than here.
 */
export const paymentDifferences = ['missing', 'less', 'unlike', 'refund_missing'] as const
export type PaymentDifference = (typeof paymentDifferences)[number]

/** What the books have of a payment, all in one currency. */
export interface BookedPayment {
  /** All that came, what was given back since included, less what was written off. */
  readonly came: Money
  /** Given back through the provider. */
  readonly refunded: Money
}

/** What the provider has of it. */
export interface PaymentThere {
  /** What came, less what was given back since. */
  readonly received: Received
  readonly refunded: Received | null
}

export type DifferenceJudgement =
  | { readonly kind: 'same' }
  /** More came there than the books have; `came`: all of it, what was given back included. */
  | { readonly kind: 'more'; readonly came: Money }
  | {
      readonly kind: PaymentDifference
      /** How much the provider lacks; null where that is no sum of the books' currency. */
      readonly missing: Money | null
      /** What the provider has, as decimal text with its currency. */
      readonly there: string
    }

/** Holds a settled payment against what its provider has of it; null = it has no such payment, or none that is paid. */
export function judgeDifference({ came, refunded }: BookedPayment, there: PaymentThere | null): DifferenceJudgement {
  const nothing = money(0n, came.currency)
  if (!there) return came.minor === 0n ? { kind: 'same' } : { kind: 'missing', missing: came, there: written(nothing) }
  const back = there.refunded ?? nothing
  if (!isReadable(there.received) || there.received.currency !== came.currency)
    return { kind: 'unlike', missing: null, there: written(there.received) }
  if (!isReadable(back) || back.currency !== came.currency)
    return { kind: 'unlike', missing: null, there: written(back) }
  const all = addMoney(there.received, back)
  if (all.minor > came.minor) return { kind: 'more', came: all }
  if (all.minor < came.minor) return { kind: 'less', missing: subtractMoney(came, all), there: written(all) }
  if (back.minor >= refunded.minor) return { kind: 'same' }
  return { kind: 'refund_missing', missing: subtractMoney(refunded, back), there: written(back) }
}

const written = (received: Received): string =>
  isReadable(received) ? `${moneyToDecimal(received)} ${received.currency}` : received.raw
