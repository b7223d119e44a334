import {
  isId,
  type ListedPayment,
  type PaymentId,
  type ProviderReference,
  type ProviderStatus,
} from '@vpn-kiosk/domain'
import { excerptOf } from '../excerpt.ts'
import { instantOf, textOf } from '../loose-text.ts'
import { subtractRefunded } from '../subtract-refunded.ts'
import { isPayment, isRefund, sumAmounts, sumFees, type Transaction } from './invoice-object.ts'

/** Our own id, when the order id is one. */
export const readPaymentId = (reference: string): PaymentId | null => (isId('payment', reference) ? reference : null)

/**
 * The state of a link in our words, by all its transactions; null when none of them decides it. A declined attempt does
 * not: the payer may try again while the link lives.
 */
export function readStatus(reference: ProviderReference, transactions: readonly Transaction[]): ProviderStatus | null {
  const listed = readListed(reference, transactions)
  if (listed) {
    const { received, refunded, fee, paymentId } = listed
    const times = transactions.filter(isPaidPayment).flatMap(({ paymentTime }) => instantOf(paymentTime) ?? [])
    const paidAt = times.sort((a, b) => a.getTime() - b.getTime()).at(-1) ?? null
    return { kind: 'paid', received, paidAt, paymentId, ...(refunded ? { refunded } : {}), ...(fee ? { fee } : {}) }
  }
  const words = transactions.filter((one) => !isRefund(one)).map(readWord)
  const unknownWord = words.find((word) => !['Created', 'Pending', 'Declined'].includes(word))
  if (unknownWord !== undefined) return { kind: 'pending', unknownWord: excerptOf(unknownWord) || '(nothing)' }
  return words.some((word) => word !== 'Declined') ? { kind: 'pending' } : null
}

const isPaidPayment = (one: Transaction): boolean => isPayment(one) && one.status === 'Paid'

const readWord = (one: Transaction): string =>
  isPayment(one) ? textOf(one.status) : `${textOf(one.kind)} ${textOf(one.status)}`

/** What came for a link, by all its transactions; null when nothing did. */
export function readListed(reference: ProviderReference, transactions: readonly Transaction[]): ListedPayment | null {
  const payments = transactions.filter(isPaidPayment)
  const paid = sumAmounts(payments)
  if (paid === null) return null
  const refunded = sumAmounts(transactions.filter((one) => isRefund(one) && one.status === 'Paid'))
  return {
    reference,
    paymentId: readPaymentId(reference),
    received: subtractRefunded(paid, refunded),
    refunded,
    fee: sumFees(payments) ?? null,
  }
}
