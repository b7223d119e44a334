import { type Money, type ProviderReference, ProviderRefused, type ProviderStatus } from '@vpn-kiosk/domain'
import { readReceivedMoney } from '../received-money.ts'
import { type CallCryptobot, cryptobotId } from './client.ts'
import { type InvoiceObject, invoiceListSchema, readPaymentId, readReference } from './invoice-object.ts'

/** Asks for the one invoice by its id. The API reports no reason but expiry for an invoice that ended unpaid. */
export async function fetchStatus(call: CallCryptobot, reference: ProviderReference): Promise<ProviderStatus> {
  if (!/^\d{1,15}$/.test(reference)) throw new ProviderRefused('not a cryptobot invoice id')
  const { items } = await call('getInvoices', { invoice_ids: reference }, invoiceListSchema)
  const invoice = items.find((item) => readReference(item) === reference)
  if (!invoice) throw new ProviderRefused(`cryptobot has no invoice ${reference}`)
  return readStatus(invoice)
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
        received: readReceived(invoice),
        paidAt: readInstant(invoice.paid_at),
        paymentId: readPaymentId(invoice),
      }
  }
}

/**
 * In the currency the invoice asks for: a fiat invoice is paid in a coin at the provider's rate of that moment and cannot
 * be paid in part, so its own amount is what was received. `paid_amount` is in coins, rounded, and kept to the provider.
 */
function readReceived(invoice: InvoiceObject): Money {
  const currency = invoice.currency_type === 'fiat' ? invoice.fiat : invoice.asset
  return readReceivedMoney(cryptobotId, invoice.amount, currency ?? '')
}

function readInstant(text: string | undefined): Date | null {
  const at = new Date(text ?? Number.NaN)
  return Number.isNaN(at.getTime()) ? null : at
}
