import {
  type ProviderReference,
  type ProviderStatus,
  ProviderUnclear,
  type Received,
  readReceived,
} from '@vpn-kiosk/domain'
import { excerptOf } from '../excerpt.ts'
import { instantOf, textOf } from '../loose-text.ts'
import type { CallCryptobot } from './client.ts'
import { type InvoiceObject, invoiceListSchema, readInvoices, readPaymentId, readReference } from './invoice-object.ts'

/** Asks for the one invoice by its id. The API reports no reason but expiry for an invoice that ended unpaid. */
export async function fetchStatus(call: CallCryptobot, reference: ProviderReference): Promise<ProviderStatus> {
  if (!/^\d{1,15}$/.test(reference)) return { kind: 'unknown_invoice' }
  const { items } = await call('getInvoices', { invoice_ids: reference }, invoiceListSchema)
  const invoices = readInvoices(items)
  const invoice = invoices.find((item) => readReference(item) === reference)
  if (invoice) return readStatus(invoice)
  if (invoices.length === items.length) return { kind: 'unknown_invoice' }
  throw new ProviderUnclear('cryptobot answered with an invoice without its id', excerptOf(items))
}

function readStatus(invoice: InvoiceObject): ProviderStatus {
  switch (invoice.status) {
    case 'active':
      return { kind: 'pending' }
    case 'expired':
      return { kind: 'canceled', reason: 'expired' }
    case 'paid':
      return {
        kind: 'paid',
        received: readInvoiceAmount(invoice),
        paidAt: instantOf(invoice.paid_at),
        paymentId: readPaymentId(invoice),
      }
    default:
      return { kind: 'pending', unknownWord: excerptOf(textOf(invoice.status)) || '(nothing)' }
  }
}

/**
 * In the currency the invoice asks for: a fiat invoice is paid in a coin at the provider's rate of that moment and cannot
 * be paid in part, so its own amount is what was received. `paid_amount` is in coins, rounded, and kept to the provider.
 */
function readInvoiceAmount(invoice: InvoiceObject): Received {
  const currency = invoice.currency_type === 'fiat' ? invoice.fiat : invoice.asset
  return readReceived(textOf(invoice.amount), textOf(currency))
}
