import { type LocalizedText, type MethodOf, type Money, type Plan, readMethodId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { GuardedProviders } from './guard-providers.ts'
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
}

/**
 * The ways to pay for this plan that are offered now, in the shop's order, without those that a probe found out of order.
 * One that lately refused or did not answer is left out until its rest is over; when all rest all are named, since
 * a try may still succeed.
 */
export async function listPaymentMethods(
  { db, providers, isResting }: Pick<ShopDeps, 'db'> & GuardedProviders,
  plan: Pick<Plan, 'price' | 'otherPrices' | 'discount'>,
): Promise<PaymentMethod[]> {
  const em = db.em()
  const kept = await readMethods({ db }, em)
  const isOutOfOrder = await readOutOfOrder(em)
  const all = listMethodIds(kept, providers).flatMap((id) => {
    const of = readMethodId(id)
    const provider = providers.get(of.provider)
    const { isOffered, percent, title } = settingsOf(kept, id, providers)
    const amount = provider && isOffered && !isOutOfOrder(id) ? priceAt(provider, plan, { percent }) : null
    return amount ? [{ ...of, amount, percent, title }] : []
  })
  const working = all.filter((method) => !isResting(method))
  return working.length > 0 ? working : all
}
