import {
  isReadable,
  type Money,
  moneyToDecimal,
  ProviderRefused,
  type Received,
  readReceived,
  subtractMoney,
} from '@vpn-kiosk/domain'
import { fieldOf, textOf } from '../loose-text.ts'
import type { PaymentObject } from './invoice-object.ts'

/** `{ minor: 17900n, currency: 'RUB' }` → `{ value: "179.00", currency: "RUB" }`. */
export function toYookassaAmount(amount: Money): { readonly value: string; readonly currency: string } {
  if (amount.currency !== 'RUB') throw new ProviderRefused(`yookassa takes RUB, not ${amount.currency}`)
  return { value: moneyToDecimal(amount), currency: amount.currency }
}

/** `{ value, currency }`, whatever stands there. */
const fromYookassaAmount = (amount: unknown): Received =>
  readReceived(textOf(fieldOf(amount, 'value')), textOf(fieldOf(amount, 'currency')))

/** What was given back of a payment; null when nothing was. */
export function readRefunded(payment: PaymentObject): Received | null {
  if (payment.refunded_amount === undefined || payment.refunded_amount === null) return null
  const refunded = fromYookassaAmount(payment.refunded_amount)
  return isReadable(refunded) && refunded.minor === 0n ? null : refunded
}

/** What the payment brought: its amount less what has been given back since. */
export function readNetAmount(payment: PaymentObject): Received {
  const paid = fromYookassaAmount(payment.amount)
  const refunded = readRefunded(payment)
  if (refunded === null || !isReadable(paid)) return paid
  if (!isReadable(refunded)) return refunded
  if (paid.currency !== refunded.currency || refunded.minor > paid.minor) {
    return { raw: `${moneyToDecimal(paid)} ${paid.currency} - ${moneyToDecimal(refunded)} ${refunded.currency}` }
  }
  return subtractMoney(paid, refunded)
}
