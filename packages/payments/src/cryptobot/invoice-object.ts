import { isId, type PaymentId, type ProviderReference } from '@vpn-kiosk/domain'
import { z } from 'zod'

/** The part of Crypto Pay's Invoice that we read. Ids are integers, money is decimal text. `active → paid | expired`. */
export const invoiceObjectSchema = z.looseObject({
  invoice_id: z.int().positive(),
  status: z.enum(['active', 'paid', 'expired']),
  currency_type: z.enum(['crypto', 'fiat']),
  fiat: z.string().optional(),
  asset: z.string().optional(),
  amount: z.string().max(40),
  bot_invoice_url: z.string(),
  payload: z.string().optional(),
  paid_at: z.string().optional(),
  paid_asset: z.string().optional(),
  paid_amount: z.string().optional(),
})

export type InvoiceObject = z.infer<typeof invoiceObjectSchema>

export const invoiceListSchema = z.looseObject({ items: z.array(invoiceObjectSchema) })

export const readReference = (invoice: InvoiceObject): ProviderReference => String(invoice.invoice_id)

/** Our own id, which travels as the invoice's payload; null when it is absent or not of our making. */
export function readPaymentId(invoice: InvoiceObject): PaymentId | null {
  const { payload } = invoice
  return payload !== undefined && isId('payment', payload) ? payload : null
}
