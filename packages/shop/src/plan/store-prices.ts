import { type EntityManager, PlanPriceEntity } from '@vpn-kiosk/db'
import type { Money, PlanId } from '@vpn-kiosk/domain'

/** Gives a plan these prices beside its own, and takes away the others that it had. In the caller's transaction. */
export async function storePrices(em: EntityManager, planId: PlanId, prices: readonly Money[]): Promise<void> {
  await em.nativeDelete(PlanPriceEntity, { planId })
  if (prices.length === 0) return
  await em.insertMany(
    PlanPriceEntity,
    prices.map(({ minor, currency }) => ({ planId, currency, amountMinor: minor })),
  )
}
