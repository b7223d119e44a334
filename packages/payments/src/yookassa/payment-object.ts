import { isId, type PaymentId } from '@vpn-kiosk/domain'
import { z } from 'zod'

const amountSchema = z.looseObject({ value: z.string().max(32), currency: z.string().max(8) })

/** The provider's id of a payment as it may stand in a path. */
export const paymentReferenceSchema = z.string().regex(/^[0-9a-zA-Z-]{8,64}$/)

/** The part of YooKassa's Payment that we read (API v3). `pending → waiting_for_capture → succeeded | canceled`. */
export const paymentObjectSchema = z.looseObject({
  id: paymentReferenceSchema,
  status: z.enum(['pending', 'waiting_for_capture', 'succeeded', 'canceled']),
  amount: amountSchema,
  refunded_amount: amountSchema.optional(),
  captured_at: z.string().optional(),
  confirmation: z.looseObject({ confirmation_url: z.string().optional() }).optional(),
  cancellation_details: z.looseObject({ party: z.string().optional(), reason: z.string() }).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
})

export type PaymentObject = z.infer<typeof paymentObjectSchema>

/** Our own id, which `createInvoice` put into the metadata; null when it is absent or not of our making. */
export function readPaymentId(metadata: PaymentObject['metadata']): PaymentId | null {
  const id = metadata?.payment_id
  return typeof id === 'string' && isId('payment', id) ? id : null
}
