import type { ProviderStatus, Received } from '@vpn-kiosk/domain'
import { readReceived } from '@vpn-kiosk/domain'
import { excerptOf } from '../excerpt.ts'
import { instantOf, textOf } from '../loose-text.ts'
import type { InvoiceObject } from './invoice-object.ts'
import { readPaymentId } from './invoice-object.ts'

/** An invoice's state in our words. A word that nobody knows counts as pending, and is said. */
export function readStatus(invoice: InvoiceObject): ProviderStatus {
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
