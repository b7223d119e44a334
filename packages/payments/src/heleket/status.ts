import type { CancelReason, ProviderStatus, Received } from '@vpn-kiosk/domain'
import { asWritten, readReceived } from '@vpn-kiosk/domain'
import { excerptOf } from '../excerpt.ts'
import { instantOf, textOf } from '../loose-text.ts'
import { subtractRefunded } from '../subtract-refunded.ts'
import { type InvoiceObject, readPaymentId } from './invoice-object.ts'

/** `cancel`: the time ran out and nobody paid. */
const endings: Readonly<Record<string, CancelReason>> = { cancel: 'expired', fail: 'declined', system_fail: 'unknown' }

/**
 * An invoice's state in our words. A word that nobody knows counts as pending, and is said.
 *
 * What came is said in the payer's coin, and only the price in money: nothing of a coin is ever converted here. Too little,
 * money for an invoice that failed, and money that is locked or on its way back are for a human, as they are written.
 */
export function readStatus(invoice: InvoiceObject): ProviderStatus {
  const status = textOf(invoice.payment_status)
  switch (status) {
    case 'process':
    case 'check':
    case 'confirm_check':
    case 'wrong_amount_waiting':
      return { kind: 'pending' }
    case 'paid':
      return readPaid(invoice, readPrice(invoice))
    case 'paid_over':
      return { ...readPaid(invoice, readPrice(invoice)), surplus: asWritten(writeCoins(invoice, '-')) }
    case 'refund_paid': {
      const price = readPrice(invoice)
      return { ...readPaid(invoice, subtractRefunded(price, price)), refunded: price }
    }
    case 'refund_process':
    case 'refund_fail':
    case 'locked':
      return readPaid(invoice, asWritten(`${writeCoins(invoice)}, ${status}`))
    case 'wrong_amount':
    case 'cancel':
    case 'fail':
    case 'system_fail':
      return readEnding(invoice, status)
    default:
      return { kind: 'pending', unknownWord: excerptOf(status) || '(nothing)' }
  }
}

/** An end that is not final may still become another. */
function readEnding(invoice: InvoiceObject, status: string): ProviderStatus {
  if (invoice.is_final === false) return { kind: 'pending' }
  const hasCome = status === 'wrong_amount' || /[1-9]/.test(textOf(invoice.payment_amount))
  if (hasCome) return readPaid(invoice, asWritten(`${writeCoins(invoice)}, ${status}`))
  return { kind: 'canceled', reason: endings[status] ?? 'unknown' }
}

const readPaid = (invoice: InvoiceObject, received: Received): ProviderStatus & { kind: 'paid' } => ({
  kind: 'paid',
  received,
  paidAt: instantOf(invoice.updated_at),
  paymentId: readPaymentId(invoice),
})

const readPrice = ({ amount, currency }: InvoiceObject): Received => readReceived(textOf(amount), textOf(currency))

/** `4.4 of 5.6 USDT`, or `6.6 - 5.6 USDT` for what is beyond. */
const writeCoins = ({ payment_amount, payer_amount, payer_currency }: InvoiceObject, between = 'of'): string =>
  `${textOf(payment_amount)} ${between} ${textOf(payer_amount)} ${textOf(payer_currency)}`
