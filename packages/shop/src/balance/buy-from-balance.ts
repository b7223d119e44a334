import { CustomerEntity, type EntityManager, OrderEntity, PlanEntity, type PlanRow } from '@vpn-kiosk/db'
import {
  balanceProvider,
  type CustomerId,
  compareMoney,
  type Money,
  money,
  newId,
  type PlanId,
  salePosting,
  subtractMoney,
} from '@vpn-kiosk/domain'
import { changePaymentState } from '../payment/change-payment-state.ts'
import { deliverPurchase } from '../payment/deliver-purchase.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { checkRoom } from '../purchase/check-room.ts'
import { storePayment } from '../purchase/store-payment.ts'
import { lockBalance } from './lock-balance.ts'
import { sumPromised } from './sum-promised.ts'

export type BuyFromBalanceResult =
  | { readonly kind: 'bought' }
  /** The balance does not cover the price: so much is missing. */
  | { readonly kind: 'short'; readonly missing: Money }
  | { readonly kind: 'already_paid' | 'banned' | 'plan_gone' | 'no_room' }

export interface BalancePurchase {
  readonly customerId: CustomerId
  readonly planId: PlanId
  /** Of the button that was pressed: pressed again, it buys nothing new. */
  readonly requestId: string
}

/** Buys a plan with money that the customer has on the balance: at once, and without a provider. */
export async function buyFromBalance(deps: SettlePaymentDeps, wish: BalancePurchase): Promise<BuyFromBalanceResult> {
  if ((await checkRoom(deps, wish.customerId)) === 'closed') return { kind: 'no_room' }
  return deps.db.transaction((em) => spendBalance(deps, em, wish, deps.clock.now()))
}

/** The same in the caller's transaction, for whoever has just topped up. */
export async function spendBalance(
  deps: SettlePaymentDeps,
  em: EntityManager,
  wish: BalancePurchase,
  now: Date,
): Promise<BuyFromBalanceResult> {
  const { customerId, planId } = wish
  const requestId = requestKey(wish)
  const plan = await em.findOne(PlanEntity, { id: planId, isActive: true, isTrial: false })
  if (!plan || plan.priceMinor <= 0n) return { kind: 'plan_gone' }
  const price = money(plan.priceMinor, plan.currency)
  const balance = await lockBalance(em, customerId, price.currency)
  const promised = await sumPromised(em, customerId, price.currency)
  const free = money(balance.minor > promised ? balance.minor - promised : 0n, price.currency)
  const { bannedAt } = await em.findOneOrFail(CustomerEntity, { id: customerId })
  if (bannedAt) return { kind: 'banned' }
  if (await em.count(OrderEntity, { customerId, requestId })) return { kind: 'already_paid' }
  if (compareMoney(free, price) < 0) return { kind: 'short', missing: subtractMoney(price, free) }
  const payment = await storeBalancePayment(deps, em, wish, plan)
  const sale = { provider: balanceProvider, customer: customerId, price, surplus: null, fee: null }
  const posting = { key: `sale:${payment.id}`, entries: salePosting(sale) }
  await changePaymentState(em, { payment, to: 'paid', cause: 'balance', received: price, posting, at: now })
  await deliverPurchase(deps, em, payment, now)
  deps.checkpoint('balance:before-commit')
  return { kind: 'bought' }
}

/** The button of a screen that offers other ways to pay as well: each has an order of its own. */
const requestKey = ({ requestId }: BalancePurchase): string => `balance:${requestId}`

/** An order and its payment, whose provider is the balance. */
async function storeBalancePayment(deps: SettlePaymentDeps, em: EntityManager, wish: BalancePurchase, plan: PlanRow) {
  const now = deps.clock.now()
  const id = newId('order')
  const { id: planId, priceMinor, currency, days, deviceLimit, trafficLimitBytes } = plan
  await em.insert(OrderEntity, {
    id,
    kind: 'plan',
    customerId: wish.customerId,
    planId,
    state: 'open',
    priceMinor,
    currency,
    days,
    deviceLimit,
    trafficLimitBytes,
    requestId: requestKey(wish),
    createdAt: now,
    expiresAt: now,
    paidAt: null,
  })
  const order = await em.findOneOrFail(OrderEntity, { id })
  const amount = money(priceMinor, currency)
  const payment = await storePayment(deps, em, order, { provider: balanceProvider, amount })
  return { ...payment, hasTrouble: false, orderKind: 'plan' as const, topUpPlanId: null }
}
