import type { ProviderReference } from '@vpn-kiosk/domain'
import { type CallTestProvider, TestInvoiceNotFound } from './client.ts'
import { invoiceObjectSchema } from './invoice-object.ts'

export async function cancelInvoice(
  call: CallTestProvider,
  reference: ProviderReference,
): Promise<'canceled' | 'too_late'> {
  if (!invoiceObjectSchema.shape.id.safeParse(reference).success) return 'canceled'
  try {
    const invoice = await call({ method: 'POST', path: `/invoices/${reference}/cancel` }, invoiceObjectSchema)
    return invoice.status === 'canceled' ? 'canceled' : 'too_late'
  } catch (error) {
    if (error instanceof TestInvoiceNotFound) return 'canceled'
    throw error
  }
}
