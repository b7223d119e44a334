import { type EntityManager, PlanPriceEntity } from '@vpn-kiosk/db'
import { type Money, money, type PlanId } from '@vpn-kiosk/domain'

/** What each of these plans costs in further currencies, read in one statement. A plan that has none is absent. */
export async function readOtherPrices(
  em: EntityManager,
  plans: readonly { readonly id: PlanId }[],
): Promise<ReadonlyMap<PlanId, readonly Money[]>> {
  const prices = new Map<PlanId, Money[]>()
  if (plans.length === 0) return prices
  const planIds = plans.map(({ id }) => id)
  const rows = await em.find(PlanPriceEntity, { planId: { $in: planIds } }, { orderBy: { currency: 'asc' } })
  for (const { planId, amountMinor, currency } of rows)
    prices.set(planId, [...(prices.get(planId) ?? []), money(amountMinor, currency)])
  return prices
}
