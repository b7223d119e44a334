import { withFreePromo } from '../discount/with-free-promo.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { checkRoom } from '../purchase/check-room.ts'
import { mustAcceptTerms } from '../terms/must-accept-terms.ts'
import { type BalancePurchase, type BuyFromBalanceResult, spendBalance } from './spend-balance.ts'

/** Buys a plan with money that the customer has on the balance: at once, and without a provider. */
export async function buyFromBalance(
  deps: SettlePaymentDeps,
  wish: BalancePurchase,
): Promise<BuyFromBalanceResult | { readonly kind: 'needs_terms' }> {
  if (await mustAcceptTerms(deps, wish.customerId)) return { kind: 'needs_terms' }
  if ((await checkRoom(deps, wish.kind === 'gift' ? null : wish.customerId)) === 'closed') return { kind: 'no_room' }
  return withFreePromo(deps, wish.customerId, () =>
    deps.db.transaction((em) => spendBalance(deps, em, wish, deps.clock.now())),
  )
}
