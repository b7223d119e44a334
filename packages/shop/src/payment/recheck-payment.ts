import type { PaymentId } from '@vpn-kiosk/domain'
import { ProviderBusy, ProviderUnreachable } from '@vpn-kiosk/domain'
import { settlePayment } from './settle-payment.ts'
import type { SettlePaymentDeps, SettlePaymentResult } from './settlement.ts'

/** Settles now what the webhook would settle, whoever paid: for staff. */
export async function recheckPayment(deps: SettlePaymentDeps, paymentId: PaymentId): Promise<SettlePaymentResult> {
  try {
    return await settlePayment(deps, paymentId)
  } catch (error) {
    // It was asked a moment ago, by another process: the payment waits, and is asked about again by itself.
    if (error instanceof ProviderBusy) return { kind: 'pending' }
    if (error instanceof ProviderUnreachable) return { kind: 'provider_unavailable' }
    throw error
  }
}
