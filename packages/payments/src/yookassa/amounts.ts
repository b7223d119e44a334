import { type Money, moneyToDecimal, ProviderRefused, subtractMoney } from '@vpn-kiosk/domain'
import { readReceivedMoney } from '../received-money.ts'
import { yookassaId } from './client.ts'
import type { PaymentObject } from './payment-object.ts'

/** `{ minor: 17900n, currency: 'RUB' }` → `{ value: "179.00", currency: "RUB" }`. */
export function toYookassaAmount(amount: Money): PaymentObject['amount'] {
  if (amount.currency !== 'RUB') throw new ProviderRefused(`yookassa takes RUB, not ${amount.currency}`)
  return { value: moneyToDecimal(amount), currency: amount.currency }
}

/** What the payment brought: its amount less what has been given back since. */
export function fromYookassaAmount(payment: PaymentObject): Money {
  const paid = readReceivedMoney(yookassaId, payment.amount.value, payment.amount.currency)
  if (payment.refunded_amount === undefined) return paid
  const { value, currency } = payment.refunded_amount
  return subtractMoney(paid, readReceivedMoney(yookassaId, value, currency))
}
