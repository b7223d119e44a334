import type { CancelReason } from '@vpn-kiosk/domain'

/** YooKassa's `cancellation_details.reason` (API v3), in the shop's words. */
const cancelReasons: Readonly<Record<string, CancelReason>> = {
  '3d_secure_failed': 'authentication_failed',
  call_issuer: 'declined',
  canceled_by_merchant: 'canceled_by_shop',
  card_expired: 'card_problem',
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
  permission_revoked: 'declined',
  unsupported_mobile_operator: 'declined',
}

export function readCancelReason(reason: string): CancelReason {
  if (!Object.hasOwn(cancelReasons, reason)) return 'unknown'
  return cancelReasons[reason] ?? 'unknown'
}
