import { isId, type PaymentId } from '@vpn-kiosk/domain'
import { z } from 'zod'

/** An invoice of the simulated service. What was received may differ from what was asked, in amount and in currency. */
export const invoiceObjectSchema = z.looseObject({
  id: z.string().regex(/^[0-9a-zA-Z_-]{1,64}$/),
  payment_id: z.string(),
  status: z.enum(['pending', 'paid', 'canceled']),
  url: z.string(),
  received: z.looseObject({ value: z.string().max(32), currency: z.string().max(8) }).nullish(),
  paid_at: z.iso.datetime().nullish(),
  reason: z.string().nullish(),
})

export type InvoiceObject = z.infer<typeof invoiceObjectSchema>

export function readPaymentId(invoice: InvoiceObject): PaymentId | null {
  return isId('payment', invoice.payment_id) ? invoice.payment_id : null
}
