import { type Money, type Plan, type ProviderId, priceIn } from '@vpn-kiosk/domain'
import type { GuardedProviders } from './guard-providers.ts'

/** A way to pay for one plan. */
export interface PaymentMethod {
  readonly provider: ProviderId
  /** What it asks for, in a currency that it collects. */
  readonly amount: Money
}

/**
 * The ways to pay for this plan that work now, in the order in which they are offered: a provider that lately refused or
 * did not answer is left out until its rest is over. When none works all are named, since a try may still succeed.
 */
export function listPaymentMethods(
  { providers, isResting }: GuardedProviders,
  plan: Pick<Plan, 'price' | 'otherPrices'>,
): PaymentMethod[] {
  const all = [...providers.values()].flatMap((provider) => {
    const amount = priceIn(plan, provider.currencies)
    return amount ? [{ provider: provider.id, amount }] : []
  })
  const working = all.filter(({ provider }) => !isResting(provider))
  return working.length > 0 ? working : all
}
