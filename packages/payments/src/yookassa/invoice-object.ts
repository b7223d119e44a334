import type { Money, Received, SavedMethod } from '@vpn-kiosk/domain'
import {
  isId,
  isReadable,
  moneyToDecimal,
  type PaymentId,
  ProviderRefused,
  readReceived,
  subtractMoney,
} from '@vpn-kiosk/domain'
import { z } from 'zod'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, looseField, textOf } from '../loose-text.ts'
import { subtractRefunded } from '../subtract-refunded.ts'

/** The provider's id of a payment as it may stand in a path. */
export const paymentReferenceSchema = z.string().regex(/^[0-9a-zA-Z-]{8,64}$/)

/**
 * The part of YooKassa's Payment that we read (API v3), `pending → waiting_for_capture → succeeded | canceled`. Only the
 * id must be there: a payment that says it succeeded is never thrown away for another field.
 */
export const paymentObjectSchema = z.looseObject({
  id: paymentReferenceSchema,
  status: looseField,
  amount: looseField,
  income_amount: looseField,
  refunded_amount: looseField,
  captured_at: looseField,
  confirmation: looseField,
  cancellation_details: looseField,
  metadata: looseField,
  payment_method: looseField,
})

export type PaymentObject = z.infer<typeof paymentObjectSchema>

/** The part of a Refund that we read, `pending → succeeded | canceled`. */
export const refundObjectSchema = z.looseObject({
  id: paymentReferenceSchema,
  payment_id: paymentReferenceSchema,
  status: looseField,
  amount: looseField,
  cancellation_details: looseField,
})

export type RefundObject = z.infer<typeof refundObjectSchema>

/** Our own id, which `createInvoice` put into the metadata; null when it is absent or not of our making. */
export function readPaymentId({ metadata }: PaymentObject): PaymentId | null {
  const id = fieldOf(metadata, 'payment_id')
  return typeof id === 'string' && isId('payment', id) ? id : null
}

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

/** What YooKassa kept of a payment; null where the two amounts do not say it exactly. */
export function readFee(payment: PaymentObject): Money | null {
  const [amount, income] = [fromYookassaAmount(payment.amount), fromYookassaAmount(payment.income_amount)]
  if (!isReadable(amount) || !isReadable(income)) return null
  return amount.currency === income.currency && income.minor <= amount.minor ? subtractMoney(amount, income) : null
}

/** An id stands in every payment's method: only what is said to be saved can be charged again. Never the card's whole number. */
export function readSavedMethod({ payment_method: method }: PaymentObject): SavedMethod | null {
  const id = fieldOf(method, 'id')
  if (fieldOf(method, 'saved') !== true || !paymentReferenceSchema.safeParse(id).success) return null
  return { id: textOf(id), title: readTitle(method) }
}

function readTitle(method: unknown): string {
  const card = fieldOf(method, 'card')
  const last = textOf(fieldOf(card, 'last4'))
  if (/^\d{4}$/.test(last)) return `${excerptOf(textOf(fieldOf(card, 'card_type'))).slice(0, 20) || 'Card'} •• ${last}`
  if (fieldOf(method, 'type') === 'sbp') return 'SBP'
  const title = textOf(fieldOf(method, 'title')) || textOf(fieldOf(method, 'type'))
  return excerptOf(title).slice(0, 40) || 'YooKassa'
}

/** What the payment brought: its amount less what has been given back since. */
export const readNetAmount = (payment: PaymentObject): Received =>
  subtractRefunded(fromYookassaAmount(payment.amount), readRefunded(payment))
