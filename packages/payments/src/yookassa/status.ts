import type { CancelReason, ProviderStatus } from '@vpn-kiosk/domain'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, instantOf, textOf } from '../loose-text.ts'
import type { PaymentObject } from './invoice-object.ts'
import { readFee, readNetAmount, readPaymentId, readRefunded, readSavedMethod } from './invoice-object.ts'

/** A payment's state in our words. A word that nobody knows counts as pending, and is said. */
export function readStatus(payment: PaymentObject): ProviderStatus {
  switch (payment.status) {
    case 'pending':
    case 'waiting_for_capture':
      return { kind: 'pending' }
    case 'succeeded': {
      const refunded = readRefunded(payment)
      const fee = readFee(payment)
      const saved = readSavedMethod(payment)
      return {
        kind: 'paid',
        received: readNetAmount(payment),
        paidAt: instantOf(payment.captured_at),
        paymentId: readPaymentId(payment),
        ...(refunded === null ? {} : { refunded }),
        ...(fee === null ? {} : { fee }),
        ...(saved === null ? {} : { saved }),
      }
    }
    case 'canceled':
      return { kind: 'canceled', reason: readCancelReason(textOf(fieldOf(payment.cancellation_details, 'reason'))) }
    default:
      return { kind: 'pending', unknownWord: excerptOf(textOf(payment.status)) || '(nothing)' }
  }
}

/** YooKassa's `cancellation_details.reason` (API v3), in the shop's words. */
const cancelReasons: Readonly<Record<string, CancelReason>> = {
  '3d_secure_failed': 'authentication_failed',
  call_issuer: 'declined',
  canceled_by_merchant: 'canceled_by_shop',
  card_expired: 'card_expired',
  country_forbidden: 'country_forbidden',
  deal_expired: 'expired',
  expired_on_capture: 'expired',
  expired_on_confirmation: 'expired',
  fraud_suspected: 'suspected_fraud',
  general_decline: 'declined',
  // An anonymous YooMoney wallet has lower limits; its owner may identify himself or pay otherwise.
  identification_required: 'limit_exceeded',
  insufficient_funds: 'insufficient_funds',
  internal_timeout: 'unknown',
  loan_declined: 'declined',
  invalid_card_number: 'card_problem',
  invalid_csc: 'card_problem',
  issuer_unavailable: 'declined',
  payment_method_limit_exceeded: 'limit_exceeded',
  payment_method_restricted: 'card_problem',
  permission_revoked: 'permission_revoked',
  unsupported_mobile_operator: 'declined',
}

function readCancelReason(reason: string): CancelReason {
  if (!Object.hasOwn(cancelReasons, reason)) return 'unknown'
  return cancelReasons[reason] ?? 'unknown'
}
