import { type EntityManager, OrderEntity } from '@vpn-kiosk/db'
import {
  balanceProvider,
  type CustomerId,
  compareMoney,
  type Money,
  newId,
  type Plan,
  salePosting,
  subtractMoney,
} from '@vpn-kiosk/domain'
import { discountColumns } from '../discount/discount-columns.ts'
import { changePaymentState } from '../payment/change-payment-state.ts'
import { deliverPurchase } from '../payment/deliver-purchase.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { storePayment } from '../purchase/store-payment.ts'
import { freeBalance } from './free-balance.ts'

export interface RenewalCharge {
  readonly customerId: CustomerId
  readonly plan: Plan
  readonly amount: Money
  /** Of the end that is paid for: charged once, whoever asks how often. */
  readonly requestId: string
}

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
  const { customerId, amount, requestId } = charge
  if (await em.count(OrderEntity, { customerId, requestId })) return { kind: 'already_paid' }
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

/** The plan's terms as they are today. */
async function storeRenewalOrder(em: EntityManager, { customerId, plan, amount, requestId }: RenewalCharge, now: Date) {
  const id = newId('order')
  await em.insert(OrderEntity, {
    id,
    kind: 'plan',
    customerId,
    planId: plan.id,
    state: 'open',
    priceMinor: amount.minor,
    currency: amount.currency,
    ...discountColumns({ ...plan, price: amount }),
    days: plan.days,
    deviceLimit: plan.deviceLimit,
    trafficLimitBytes: plan.trafficLimitBytes,
    requestId,
    createdAt: now,
    expiresAt: now,
    paidAt: null,
  })
  return em.findOneOrFail(OrderEntity, { id })
}
