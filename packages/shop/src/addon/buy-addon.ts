import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { mustAcceptTerms } from '../terms/must-accept-terms.ts'
import { type BalanceAddon, type BuyAddonResult, spendOnAddon } from './spend-on-addon.ts'

/** Buys an add-on with money that the customer has on the balance: at once, and without a provider. */
export async function buyAddon(
  deps: SettlePaymentDeps,
  wish: BalanceAddon,
): Promise<BuyAddonResult | { readonly kind: 'needs_terms' }> {
  if (await mustAcceptTerms(deps, wish.customerId)) return { kind: 'needs_terms' }
  return deps.db.transaction((em) => spendOnAddon(deps, em, wish, deps.clock.now()))
}
