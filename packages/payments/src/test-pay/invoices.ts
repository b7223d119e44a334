import type { CancelReason, ProviderReference, ProviderStatus } from '@vpn-kiosk/domain'
import { type Invoice, type InvoiceRequest, moneyToDecimal, ProviderUnclear, readReceived } from '@vpn-kiosk/domain'
import { assertPageUrl } from '../assert-page-url.ts'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, instantOf, textOf } from '../loose-text.ts'
import { type CallTestProvider, TestInvoiceNotFound, testProviderId } from './client.ts'
import type { InvoiceObject } from './invoice-object.ts'
import { invoiceObjectSchema, readPaymentId } from './invoice-object.ts'

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

const cancelReasons: readonly CancelReason[] = [
  'expired',
  'insufficient_funds',
  'declined',
  'card_problem',
  'limit_exceeded',
  'authentication_failed',
  'country_forbidden',
  'suspected_fraud',
  'canceled_by_shop',
]

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

function readStatus(invoice: InvoiceObject): ProviderStatus {
  switch (invoice.status) {
    case 'pending':
      return { kind: 'pending' }
    case 'canceled':
      return { kind: 'canceled', reason: cancelReasons.find((reason) => reason === invoice.reason) ?? 'unknown' }
    case 'paid':
      return readPaid(invoice)
    default:
      return { kind: 'pending', unknownWord: excerptOf(textOf(invoice.status)) || '(nothing)' }
  }
}

function readPaid(invoice: InvoiceObject): ProviderStatus {
  const { received } = invoice
  return {
    kind: 'paid',
    received: readReceived(textOf(fieldOf(received, 'value')), textOf(fieldOf(received, 'currency'))),
    paidAt: instantOf(invoice.paid_at),
    paymentId: readPaymentId(invoice),
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
