import { isId, type PaymentId } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { looseField } from '../loose-text.ts'

export const invoiceReferenceSchema = z.string().regex(/^[0-9a-zA-Z-]{8,64}$/)

/**
 * The part of an invoice that we read; a webhook carries the same fields, with its `status` for `payment_status`. Amounts
 * are decimal text: `amount` in the currency that was asked for, `payer_amount` (asked) and `payment_amount` (come) in the
 * payer's coin. Only the id must be there: an invoice that says paid is never thrown away for another field.
 */
export const invoiceObjectSchema = z.looseObject({
  uuid: invoiceReferenceSchema,
  order_id: looseField,
  amount: looseField,
  currency: looseField,
  payer_amount: looseField,
  payment_amount: looseField,
  payer_currency: looseField,
  payment_status: looseField,
  is_final: looseField,
  url: looseField,
  updated_at: looseField,
})

export type InvoiceObject = z.infer<typeof invoiceObjectSchema>

/** Our own id, which travels as `order_id`; null when it is absent or not of our making. */
export function readPaymentId({ order_id: id }: InvoiceObject): PaymentId | null {
  return typeof id === 'string' && isId('payment', id) ? id : null
}
