import type { AddonSize, CustomerId, PaymentId, PlanId } from '@vpn-kiosk/domain'
import { recheckPayment } from './recheck-payment.ts'
import type { SettlePaymentDeps, SettlePaymentResult } from './settlement.ts'

export type CheckPaymentResult = SettlePaymentResult & {
  /** What was to be bought, so that one tap tries again. */
  readonly planId?: PlanId | null
  /** The money is for the balance. */
  readonly isTopUp?: boolean
  /** It was for somebody else. */
  readonly isGift?: boolean
  /** It was for more devices or traffic. */
  readonly addon?: AddonSize | null
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
    .leftJoin('addons as a', 'a.id', 'o.addon_id')
    .select(['o.plan_id', 'o.kind', 'a.kind as addon_kind', 'a.amount as addon_amount'])
    .where('p.id', '=', paymentId)
    .where('p.customer_id', '=', customerId)
    .executeTakeFirst()
  if (!owned) return { kind: 'unknown_payment' }
  const { plan_id: planId, kind, addon_kind: addonKind, addon_amount: amount } = owned
  const addon = kind === 'addon' && addonKind && amount ? { kind: addonKind, amount } : null
  const result = await recheckPayment(deps, paymentId)
  return { ...result, planId: addon ? null : planId, isTopUp: kind === 'top_up', isGift: kind === 'gift', addon }
}
