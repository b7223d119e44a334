import type { EntityManager } from '@vpn-kiosk/db'
import { balanceProvider, compareMoney, type Money, salePosting, subtractMoney } from '@vpn-kiosk/domain'
import { changePaymentState } from '../payment/change-payment-state.ts'
import { deliverPurchase } from '../payment/deliver-purchase.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { storePayment } from '../purchase/store-payment.ts'
import { freeBalance } from './free-balance.ts'
import { isRenewalPaid } from './is-renewal-paid.ts'
import { type RenewalCharge, storeRenewalOrder } from './store-renewal-order.ts'

export type RenewFromBalanceResult =
  | { readonly kind: 'renewed' }
  /** It was paid for before: nothing is done. */
  | { readonly kind: 'already_paid' }
  | { readonly kind: 'short'; readonly missing: Money }

/** Buys the plan from the balance for the price that was announced; in the caller's transaction, which has locked the customer. */
export async function renewFromBalance(
  deps: SettlePaymentDeps,
  em: EntityManager,
  charge: RenewalCharge,
  now: Date,
): Promise<RenewFromBalanceResult> {
  const { customerId, amount } = charge
  if (await isRenewalPaid(em, charge)) return { kind: 'already_paid' }
  const free = await freeBalance(em, customerId, amount.currency)
  if (compareMoney(free, amount) < 0) return { kind: 'short', missing: subtractMoney(amount, free) }
  const order = await storeRenewalOrder(em, charge, now)
  const stored = await storePayment(deps, em, order, { provider: balanceProvider, amount })
  const payment = { ...stored, hasTrouble: false, orderKind: 'plan' as const, topUpPlanId: null, isRenewal: true }
  const sale = { provider: balanceProvider, customer: customerId, price: amount, surplus: null, fee: null }
  const posting = { key: `sale:${payment.id}`, entries: salePosting(sale) }
  await changePaymentState(em, { payment, to: 'paid', cause: 'balance', received: amount, posting, at: now })
  await deliverPurchase(deps, em, payment, now)
  deps.checkpoint('renewal:before-commit')
  return { kind: 'renewed' }
}
