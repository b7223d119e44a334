import type { LocalizedText, Money, Plan, ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { GuardedProviders } from './guard-providers.ts'
import { priceAt } from './price-at.ts'
import { readHidden } from './read-hidden.ts'
import { readMethods, settingsOf, sortMethods } from './read-methods.ts'

/** A way to pay for one plan. */
export interface PaymentMethod {
  readonly provider: ProviderId
  /** What it asks for, in a currency that it collects. */
  readonly amount: Money
  /** What `amount` has on top of the plan's price; negative is a discount. */
  readonly percent: number
  /** The shop's own words for it; empty = the bot's. */
  readonly title: LocalizedText
}

/**
 * The ways to pay for this plan that are offered now, in the shop's order, without those that a probe found out of order.
 * A provider that lately refused or did not answer is left out until its rest is over; when all rest all are named, since
 * a try may still succeed.
 */
export async function listPaymentMethods(
  { db, providers, isResting }: Pick<ShopDeps, 'db'> & GuardedProviders,
  plan: Pick<Plan, 'price' | 'otherPrices'>,
): Promise<PaymentMethod[]> {
  const em = db.em()
  const kept = await readMethods({ db }, em)
  const hidden = await readHidden(em)
  const all = sortMethods(kept, providers.keys()).flatMap((id) => {
    const provider = providers.get(id)
    const { isOffered, percent, title } = settingsOf(kept, id)
    const amount = provider && isOffered && !hidden.has(id) ? priceAt(provider, plan, { percent }) : null
    return amount ? [{ provider: id, amount, percent, title }] : []
  })
  const working = all.filter(({ provider }) => !isResting(provider))
  return working.length > 0 ? working : all
}
