import { type Invoice, type InvoiceRequest, moneyToDecimal } from '@vpn-kiosk/domain'
import { assertPageUrl } from '../assert-page-url.ts'
import { textOf } from '../loose-text.ts'
import { type CallTestProvider, testProviderId } from './client.ts'
import { invoiceObjectSchema } from './invoice-object.ts'

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
