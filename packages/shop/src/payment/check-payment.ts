import { PaymentEntity } from '@vpn-kiosk/db'
import { type CustomerId, type PaymentId, ProviderRefused, ProviderUnreachable } from '@vpn-kiosk/domain'
import { type SettlePaymentDeps, type SettlePaymentResult, settlePayment } from './settle-payment.ts'

export type CheckPaymentResult = SettlePaymentResult | { readonly kind: 'provider_unavailable' }

/** "Check payment": settles now what the webhook would settle. Somebody else's payment is unknown. */
export async function checkPayment(
  deps: SettlePaymentDeps,
  customerId: CustomerId,
  paymentId: PaymentId,
): Promise<CheckPaymentResult> {
  const owned = await deps.db.em().count(PaymentEntity, { id: paymentId, customerId })
  return owned ? recheckPayment(deps, paymentId) : { kind: 'unknown_payment' }
}

/** The same for staff, whoever paid. */
export async function recheckPayment(deps: SettlePaymentDeps, paymentId: PaymentId): Promise<CheckPaymentResult> {
  try {
    return await settlePayment(deps, paymentId)
  } catch (error) {
    if (error instanceof ProviderRefused || error instanceof ProviderUnreachable)
      return { kind: 'provider_unavailable' }
    throw error
  }
}
