import { CustomerEntity, type EntityManager, OrderEntity, PlanEntity } from '@vpn-kiosk/db'
import {
  balanceProvider,
  type CustomerId,
  compareMoney,
  type Money,
  newId,
  type Plan,
  type PlanId,
  receivedPosting,
  subtractMoney,
} from '@vpn-kiosk/domain'
import { discountColumns } from '../discount/discount-columns.ts'
import { priceForCustomer } from '../discount/price-for-customer.ts'
import { type PromoRefusal, refusePromo } from '../discount/refuse-promo.ts'
import { takePromo } from '../discount/take-promo.ts'
import { changePaymentState } from '../payment/change-payment-state.ts'
import { deliverPurchase } from '../payment/deliver-purchase.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { readOtherPrices } from '../plan/read-other-prices.ts'
import { toPlan } from '../purchase/list-plans.ts'
import { storePayment } from '../purchase/store-payment.ts'
import { type Agreed, agreedPlan } from './agreed-plan.ts'
import { findFreeBalance } from './find-free-balance.ts'

export type BuyFromBalanceResult =
  | { readonly kind: 'bought' }
  /** The balance does not cover the price: so much is missing. */
  | { readonly kind: 'short'; readonly missing: Money }
  | { readonly kind: 'already_paid' | 'banned' | 'plan_gone' | 'no_room' }
  /** It costs more than what was shown, or the code that made the price is not free. */
  | PromoRefusal

export interface BalancePurchase {
  readonly customerId: CustomerId
  readonly planId: PlanId
  /** For somebody else; absent = for the customer. */
  readonly kind?: 'gift'
  /** Of the button that was pressed: pressed again, it buys nothing new. */
  readonly requestId: string
  /** The price that was shown, in minor units: nobody pays more than that. */
  readonly shownMinor?: bigint
}

/** Buys a plan from the balance in the caller's transaction. `agreed`: the top-up that was made for it. */
export async function spendBalance(
  deps: SettlePaymentDeps,
  em: EntityManager,
  wish: BalancePurchase,
  now: Date,
  agreed: Agreed | null = null,
): Promise<BuyFromBalanceResult> {
  const { customerId, planId } = wish
  const requestId = requestKey(wish)
  const row = await em.findOne(PlanEntity, { id: planId, isActive: true, isTrial: false })
  if (!row || row.priceMinor <= 0n) return { kind: 'plan_gone' }
  const free = await findFreeBalance(em, customerId, row.currency)
  const { bannedAt } = await em.findOneOrFail(CustomerEntity, { id: customerId })
  if (bannedAt) return { kind: 'banned' }
  if (await em.count(OrderEntity, { customerId, requestId })) return { kind: 'already_paid' }
  const listed = toPlan(row, await readOtherPrices(em, [row]))
  const [today] = await priceForCustomer(deps, em, customerId, [listed], now)
  const plan = agreed ? agreedPlan(listed, today, agreed) : today
  const { price } = plan
  if (wish.shownMinor !== undefined && price.minor > wish.shownMinor) return { kind: 'price_changed' }
  if (compareMoney(free, price) < 0) return { kind: 'short', missing: subtractMoney(price, free) }
  const promoId = plan.discount?.promoId
  const isAgreed = agreed !== null && agreed.promoId === promoId
  if (isAgreed) await em.nativeUpdate(OrderEntity, { id: agreed.orderId }, { promoTaken: false })
  else if (!(await takePromo(em, customerId, plan.discount))) return refusePromo(em, customerId, promoId, now)
  // What a top-up agreed is honoured, also where its code was given back before the money came.
  const promoTaken = Boolean(promoId) && (!isAgreed || agreed.promoTaken)
  const payment = await storeBalancePayment(deps, em, { ...wish, plan, promoTaken })
  const sale = { provider: balanceProvider, customer: customerId, price, surplus: null, fee: null }
  const posting = { key: `sale:${payment.id}`, entries: receivedPosting(payment.orderKind, sale) }
  await changePaymentState(em, { payment, to: 'paid', cause: 'balance', received: price, posting, at: now })
  await deliverPurchase(deps, em, payment, now)
  deps.checkpoint('balance:before-commit')
  return { kind: 'bought' }
}

/** The button of a screen that offers other ways to pay as well: each has an order of its own. */
const requestKey = ({ requestId }: BalancePurchase): string => `balance:${requestId}`

interface PricedPurchase extends BalancePurchase {
  readonly plan: Plan
  readonly promoTaken: boolean
}

/** An order and its payment, whose provider is the balance. */
async function storeBalancePayment(deps: SettlePaymentDeps, em: EntityManager, wish: PricedPurchase) {
  const { plan, promoTaken } = wish
  const now = deps.clock.now()
  const id = newId('order')
  const { id: planId, price, days, deviceLimit, trafficLimitBytes } = plan
  await em.insert(OrderEntity, {
    id,
    kind: wish.kind ?? 'plan',
    customerId: wish.customerId,
    planId,
    state: 'open',
    priceMinor: price.minor,
    currency: price.currency,
    ...discountColumns(plan),
    promoTaken,
    days,
    deviceLimit,
    trafficLimitBytes,
    requestId: requestKey(wish),
    createdAt: now,
    expiresAt: now,
    paidAt: null,
  })
  const order = await em.findOneOrFail(OrderEntity, { id })
  const payment = await storePayment(deps, em, order, { provider: balanceProvider, amount: price })
  return { ...payment, hasTrouble: false, orderKind: order.kind, topUpPlanId: null }
}
