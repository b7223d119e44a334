import { isId, type PaymentId } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { fieldOf, looseField } from '../loose-text.ts'

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
  refunded_amount: looseField,
  captured_at: looseField,
  confirmation: looseField,
  cancellation_details: looseField,
  metadata: looseField,
})

export type PaymentObject = z.infer<typeof paymentObjectSchema>

/** Our own id, which `createInvoice` put into the metadata; null when it is absent or not of our making. */
export function readPaymentId({ metadata }: PaymentObject): PaymentId | null {
  const id = fieldOf(metadata, 'payment_id')
  return typeof id === 'string' && isId('payment', id) ? id : null
}
