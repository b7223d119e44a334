import type { ProviderReference, ProviderStatus } from '@vpn-kiosk/domain'
import { type Invoice, type InvoiceRequest, moneyToDecimal, ProviderUnclear } from '@vpn-kiosk/domain'
import { assertPageUrl } from '../assert-page-url.ts'
import { excerptOf } from '../excerpt.ts'
import { textOf } from '../loose-text.ts'
import { type CallTestProvider, TestInvoiceNotFound, testProviderId } from './client.ts'
import { invoiceObjectSchema } from './invoice-object.ts'
import { readStatus } from './status.ts'

export async function createInvoice(call: CallTestProvider, request: InvoiceRequest): Promise<Invoice> {
  const body = {
    payment_id: request.paymentId,
    amount: { value: moneyToDecimal(request.amount), currency: request.amount.currency },
    description: request.description.slice(0, 128),
    return_url: request.returnUrl,
    expires_at: request.expiresAt.toISOString(),
  }
  const invoice = await call({ method: 'POST', path: '/invoices', body }, invoiceObjectSchema)
  return { reference: invoice.id, url: assertPageUrl(testProviderId, textOf(invoice.url)) }
}

export async function fetchStatus(call: CallTestProvider, reference: ProviderReference): Promise<ProviderStatus> {
  if (!invoiceObjectSchema.shape.id.safeParse(reference).success) return { kind: 'unknown_invoice' }
  try {
    const invoice = await call({ method: 'GET', path: `/invoices/${reference}` }, invoiceObjectSchema)
    if (invoice.id === reference) return readStatus(invoice)
    throw new ProviderUnclear('test answered about another invoice', excerptOf({ id: invoice.id }))
  } catch (error) {
    if (error instanceof TestInvoiceNotFound) return { kind: 'unknown_invoice' }
    throw error
  }
}

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
