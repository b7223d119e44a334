import type { CancelReason, ProviderStatus } from '@vpn-kiosk/domain'
import { readReceived } from '@vpn-kiosk/domain'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, instantOf, textOf } from '../loose-text.ts'
import type { InvoiceObject } from './invoice-object.ts'
import { readPaymentId } from './invoice-object.ts'

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

/** An invoice's state in our words. A word that nobody knows counts as pending, and is said. */
export function readStatus(invoice: InvoiceObject): ProviderStatus {
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
