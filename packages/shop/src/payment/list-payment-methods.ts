import {
  type CustomerId,
  type LocalizedText,
  type MethodOf,
  type Money,
  type Plan,
  readMethodId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { GuardedProviders } from './guard-providers.ts'
import { isRecurring, mayRecur } from './may-recur.ts'
import { priceAt } from './price-at.ts'
import { listMethodIds, readMethods, settingsOf } from './read-methods.ts'
import { readOutOfOrder } from './read-out-of-order.ts'

/** A way to pay for one plan. */
export interface PaymentMethod extends MethodOf {
  /** What it asks for, in a currency that it collects. */
  readonly amount: Money
  /** What `amount` has on top of the plan's price; negative is a discount. */
  readonly percent: number
  /** The shop's own words for it; empty = the bot's. */
  readonly title: LocalizedText
  /** It is charged again every so many days, until somebody cancels; absent = once. */
  readonly everyDays?: number
}

/** What is to be paid for. */
export type PricedPlan = Pick<Plan, 'price' | 'otherPrices' | 'discount'> & Partial<Pick<Plan, 'days' | 'isTrial'>>

/**
 * The ways to pay for this plan that are offered now, in the shop's order, without those that a probe found out of order.
 * One that lately refused or did not answer is left out until its rest is over; when all rest all are named, since
 * a try may still succeed. What is charged again by itself is offered where `customerId` says for whom.
 */
export async function listPaymentMethods(
  { db, clock, providers, isResting }: Pick<ShopDeps, 'db' | 'clock'> & GuardedProviders,
  plan: PricedPlan,
  customerId: CustomerId | null = null,
): Promise<PaymentMethod[]> {
  const em = db.em()
  const kept = await readMethods({ db }, em)
  const isOutOfOrder = await readOutOfOrder(em)
  const all: PaymentMethod[] = []
  for (const id of listMethodIds(kept, providers)) {
    const of = readMethodId(id)
    const provider = providers.get(of.provider)
    const { isOffered, percent, title } = settingsOf(kept, id, providers)
    const amount = provider && isOffered && !isOutOfOrder(id) ? priceAt(provider, plan, { percent }) : null
    if (!provider || !amount) continue
    const everyDays = isRecurring(provider, of.method) ? plan.days : undefined
    const isFor =
      everyDays === undefined || (customerId && (await mayRecur(em, provider, plan, customerId, clock.now())))
    if (isFor) all.push({ ...of, amount, percent, title, ...(everyDays !== undefined && { everyDays }) })
  }
  const working = all.filter((method) => !isResting(method))
  return working.length > 0 ? working : all
}
