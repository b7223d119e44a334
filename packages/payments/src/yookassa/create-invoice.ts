import { type Invoice, type InvoiceRequest, ProviderRefused } from '@vpn-kiosk/domain'
import { assertPageUrl } from '../assert-page-url.ts'
import { fieldOf } from '../loose-text.ts'
import { toYookassaAmount } from './amounts.ts'
import { type YookassaClient, yookassaId } from './client.ts'
import { paymentObjectSchema } from './invoice-object.ts'

/**
 * Opens a one-stage payment on YooKassa's own page, with every method the shop has. The key is derived from the payment
 * row, which is the attempt: a repeat, also from another process, gets the first call's payment (for 24 h).
 * `expiresAt` is not sent: a payment has no such parameter, and is closed by YooKassa after about an hour.
 */
export async function createInvoice(client: YookassaClient, request: InvoiceRequest): Promise<Invoice> {
  const body = {
    amount: toYookassaAmount(request.amount),
    capture: true,
    confirmation: { type: 'redirect', return_url: request.returnUrl },
    description: request.description.slice(0, 128),
    metadata: { payment_id: request.paymentId },
  }
  const payment = await client.post('/payments', `create-${request.paymentId}`, body, paymentObjectSchema)
  const url = fieldOf(payment.confirmation, 'confirmation_url')
  if (typeof url !== 'string') throw new ProviderRefused('yookassa made a payment without a page to open')
  return { reference: payment.id, url: assertPageUrl(yookassaId, url) }
}
