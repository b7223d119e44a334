import { isId, type PaymentId, type ProviderReference } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { looseField } from '../loose-text.ts'

/** An order's id as it may stand in a path. */
export const orderReferenceSchema = z.string().regex(/^[1-9]\d{0,14}$/)

/**
 * The part of CoinGate's Order that we read (API v2); a callback carries the same fields. Amounts are decimal text: those
 * of `price_` in the currency that was asked for, those of `pay_`, `underpaid_` and `overpaid_` in the payer's coin. Only
 * the id must be there: an order that says paid is never thrown away for another field.
 */
export const orderObjectSchema = z.looseObject({
  id: z.union([z.int().positive(), orderReferenceSchema]),
  status: looseField,
  order_id: looseField,
  token: looseField,
  payment_url: looseField,
  price_amount: looseField,
  price_currency: looseField,
  pay_amount: looseField,
  pay_currency: looseField,
  underpaid_amount: looseField,
  overpaid_amount: looseField,
  is_refundable: looseField,
  paid_at: looseField,
  fees: looseField,
  refunds: looseField,
  blockchain_transactions: looseField,
})

export type OrderObject = z.infer<typeof orderObjectSchema>

export const orderListSchema = z.looseObject({ orders: z.array(z.unknown()) })

export const readReference = ({ id }: OrderObject): ProviderReference => String(id)

/** Our own id, which travels as `order_id`; null when it is absent or not of our making. */
export function readPaymentId({ order_id: id }: OrderObject): PaymentId | null {
  return typeof id === 'string' && isId('payment', id) ? id : null
}
