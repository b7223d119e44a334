import { isId, type PaymentId } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { looseField } from '../loose-text.ts'

/** An invoice of the simulated service. What was received may differ from what was asked, in amount and in currency. */
export const invoiceObjectSchema = z.looseObject({
  id: z.string().regex(/^[0-9a-zA-Z_-]{1,64}$/),
  payment_id: looseField,
  status: looseField,
  url: looseField,
  received: looseField,
  paid_at: looseField,
  reason: looseField,
})

export type InvoiceObject = z.infer<typeof invoiceObjectSchema>

export function readPaymentId({ payment_id: id }: InvoiceObject): PaymentId | null {
  return typeof id === 'string' && isId('payment', id) ? id : null
}
