import {
  type CancelReason,
  type ProviderReference,
  ProviderRefused,
  type ProviderStatus,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'
import { readReceivedMoney } from '../received-money.ts'
import { type CallTestProvider, testProviderId } from './client.ts'
import { type InvoiceObject, invoiceObjectSchema, readPaymentId } from './invoice-object.ts'

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
  if (!invoiceObjectSchema.shape.id.safeParse(reference).success) throw new ProviderRefused('not a test invoice id')
  return readStatus(await call({ method: 'GET', path: `/invoices/${reference}` }, invoiceObjectSchema))
}

function readStatus(invoice: InvoiceObject): ProviderStatus {
  switch (invoice.status) {
    case 'pending':
      return { kind: 'pending' }
    case 'canceled':
      return { kind: 'canceled', reason: cancelReasons.find((reason) => reason === invoice.reason) ?? 'unknown' }
    case 'paid':
      return readPaid(invoice)
  }
}

function readPaid(invoice: InvoiceObject): ProviderStatus {
  if (!invoice.received) throw new ProviderUnreachable('test reports a paid invoice without an amount')
  const received = readReceivedMoney(testProviderId, invoice.received.value, invoice.received.currency)
  const paidAt = invoice.paid_at ? new Date(invoice.paid_at) : null
  return { kind: 'paid', received, paidAt, paymentId: readPaymentId(invoice) }
}
