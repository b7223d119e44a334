import {
  type Currency,
  compareMoney,
  isReadable,
  type Money,
  money,
  moneyToDecimal,
  ProviderRefused,
  type Received,
  readReceived,
} from '@vpn-kiosk/domain'
import { z } from 'zod'
import { looseField, textOf } from '../loose-text.ts'
import { sumReceived } from '../subtract-refunded.ts'

/**
 * What may be asked about: the order id that a link was made with, which is our payment id. Wata deletes a link that has
 * run out, but finds its transactions by the order id ever after.
 */
export const referenceSchema = z.string().regex(/^[0-9A-Za-z_.:-]{1,64}$/)

/** The part of a payment link that we read: `Opened → Closed`, then deleted. */
export const linkSchema = z.looseObject({ orderId: looseField, status: looseField, url: looseField })

export type Link = z.infer<typeof linkSchema>

/**
 * The part of a transaction that we read: an attempt to pay a link, or a refund; `Created → Pending → Paid | Declined`.
 * No field must be there: one that says paid is never thrown away for another field.
 */
export const transactionSchema = z.looseObject({
  id: looseField,
  orderId: looseField,
  kind: looseField,
  status: looseField,
  amount: looseField,
  currency: looseField,
  creationTime: looseField,
  paymentTime: looseField,
  totalCommission: looseField,
  originalTransactionId: looseField,
  errorCode: looseField,
})

export type Transaction = z.infer<typeof transactionSchema>

/** What of a list can be read at all. */
export const readLinks = (items: readonly unknown[]): Link[] => items.flatMap((item) => keep(linkSchema, item))

export const readTransactions = (items: readonly unknown[]): Transaction[] =>
  items.flatMap((item) => keep(transactionSchema, item))

function keep<T>(schema: z.ZodType<T>, item: unknown): T[] {
  const parsed = schema.safeParse(item)
  return parsed.success ? [parsed.data] : []
}

export const pageSchema = z.looseObject({ items: z.array(z.unknown()) })

export const isRefund = ({ kind }: Transaction): boolean => kind === 'Refund'

/** A transaction of a kind that a later version adds is neither. */
export const isPayment = ({ kind }: Transaction): boolean => kind === undefined || kind === null || kind === 'Payment'

/** Null for none. */
export const sumAmounts = (transactions: readonly Transaction[]): Received | null =>
  sumReceived(transactions.map(({ amount, currency }) => readReceived(textOf(amount), textOf(currency))))

/** What Wata kept of these; undefined where it does not say it exactly. */
export function sumFees(transactions: readonly Transaction[]): Money | undefined {
  const fees = transactions.map(({ totalCommission, currency }) => ({ amount: totalCommission, currency }))
  const sum = sumAmounts(fees)
  return sum && isReadable(sum) ? sum : undefined
}

const rangeOf = (currency: Currency, leastMinor: bigint) => ({
  min: money(leastMinor, currency),
  max: money(99_999_999n, currency),
})

/** What Wata takes; the terminal's own limits may be narrower. */
export const wataLimits: Partial<Record<Currency, ReturnType<typeof rangeOf>>> = {
  RUB: rangeOf('RUB', 1000n),
  USD: rangeOf('USD', 100n),
  EUR: rangeOf('EUR', 100n),
}

/** `{ minor: 17950n, currency: 'RUB' }` → `179.5`: eight digits at most, which JSON prints as they were read. */
export function toWataAmount(amount: Money): number {
  const range = wataLimits[amount.currency]
  if (range === undefined) throw new ProviderRefused(`wata takes RUB, USD and EUR, not ${amount.currency}`)
  if (compareMoney(amount, range.min) >= 0 && compareMoney(amount, range.max) <= 0)
    return Number(moneyToDecimal(amount))
  const spelled = `${moneyToDecimal(range.min)} to ${moneyToDecimal(range.max)}`
  throw new ProviderRefused(`wata takes ${spelled} ${amount.currency}, not ${moneyToDecimal(amount)}`)
}
