import { isId, type PaymentId, type ProviderReference } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { looseField } from '../loose-text.ts'

/**
 * The part of Crypto Pay's Invoice that we read. Ids are integers, money is decimal text, `active → paid | expired`; but
 * only the id must be there, since an invoice that says paid is never thrown away for another field.
 */
export const invoiceObjectSchema = z.looseObject({
  invoice_id: z.union([z.int().positive(), z.string().regex(/^\d{1,15}$/)]),
  status: looseField,
  currency_type: looseField,
  fiat: looseField,
  asset: looseField,
  amount: looseField,
  bot_invoice_url: looseField,
  payload: looseField,
  paid_at: looseField,
  paid_asset: looseField,
  paid_amount: looseField,
})

export type InvoiceObject = z.infer<typeof invoiceObjectSchema>

export const invoiceListSchema = z.looseObject({ items: z.array(z.unknown()) })

/** Those of a list that can be read at all: a strange one does not hide the others. */
export const readInvoices = (items: readonly unknown[]): InvoiceObject[] =>
  items.flatMap((item) => invoiceObjectSchema.safeParse(item).data ?? [])

export const readReference = (invoice: InvoiceObject): ProviderReference => String(invoice.invoice_id)

/** Our own id, which travels as the invoice's payload; null when it is absent or not of our making. */
export function readPaymentId(invoice: InvoiceObject): PaymentId | null {
  const { payload } = invoice
  return typeof payload === 'string' && isId('payment', payload) ? payload : null
}
