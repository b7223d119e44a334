import type { CustomerId, PaymentId, PlanId } from '@vpn-kiosk/domain'
import { recheckPayment } from './recheck-payment.ts'
import type { SettlePaymentDeps, SettlePaymentResult } from './settlement.ts'

export type CheckPaymentResult = SettlePaymentResult & {
  /** What was to be bought, so that one tap tries again. */
  readonly planId?: PlanId | null
  /** The money is for the balance. */
  readonly isTopUp?: boolean
  /** It was for somebody else. */
  readonly isGift?: boolean
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
    .select(['o.plan_id', 'o.kind'])
    .where('p.id', '=', paymentId)
    .where('p.customer_id', '=', customerId)
    .executeTakeFirst()
  if (!owned) return { kind: 'unknown_payment' }
  const { plan_id: planId, kind } = owned
  const result = await recheckPayment(deps, paymentId)
  return { ...result, planId, isTopUp: kind === 'top_up', isGift: kind === 'gift' }
}
