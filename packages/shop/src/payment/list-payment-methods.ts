import type { ProviderId } from '@vpn-kiosk/domain'
import type { GuardedProviders } from './guard-providers.ts'

/**
 * The ways to pay that work now, in the order in which they are offered: a provider that lately refused or did not answer
 * is left out until its rest is over. When none works all are named, since a try may still succeed.
 */
export function listPaymentMethods({ providers, isResting }: GuardedProviders): ProviderId[] {
  const all = [...providers.keys()]
  const working = all.filter((id) => !isResting(id))
  return working.length > 0 ? working : all
}
