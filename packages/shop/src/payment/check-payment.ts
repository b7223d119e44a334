import { type CustomerId, type PaymentId, type PlanId, ProviderUnreachable } from '@vpn-kiosk/domain'
import { settlePayment } from './settle-payment.ts'
import type { SettlePaymentDeps, SettlePaymentResult } from './settlement.ts'

export type CheckPaymentResult = SettlePaymentResult & {
  /** What was to be bought, so that one tap tries again. */
  readonly planId?: PlanId
}

/** "Check payment": settles now what the webhook would settle. Somebody else's payment is unknown. */
export async function checkPayment(
  deps: SettlePaymentDeps,
  customerId: CustomerId,
  paymentId: PaymentId,
): Promise<CheckPaymentResult> {
  const owned = await deps.db
    .getKysely()
    .selectFrom('payments as p')
    .innerJoin('orders as o', 'o.id', 'p.order_id')
    .select('o.plan_id')
    .where('p.id', '=', paymentId)
    .where('p.customer_id', '=', customerId)
    .executeTakeFirst()
  if (!owned) return { kind: 'unknown_payment' }
  return { ...(await recheckPayment(deps, paymentId)), planId: owned.plan_id }
}

/** The same for staff, whoever paid. */
export async function recheckPayment(deps: SettlePaymentDeps, paymentId: PaymentId): Promise<SettlePaymentResult> {
  try {
    return await settlePayment(deps, paymentId)
  } catch (error) {
    if (error instanceof ProviderUnreachable) return { kind: 'provider_unavailable' }
    throw error
  }
}
