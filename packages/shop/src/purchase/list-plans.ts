import { PlanEntity, type PlanRow } from '@vpn-kiosk/db'
import { type CustomerId, type Money, money, type Plan, type PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { priceForCustomer } from '../discount/price-for-customer.ts'
import { readOtherPrices } from '../plan/read-other-prices.ts'

/** The price list, cheapest period first, at the prices of this customer or else of everybody; trials are not on it. */
export async function listPlans(
  { db, clock, policy }: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  customerId: CustomerId | null = null,
): Promise<Plan[]> {
  const em = db.em()
  const rows = await em.find(PlanEntity, { isActive: true, isTrial: false }, { orderBy: { position: 'asc' } })
  const prices = await readOtherPrices(em, rows)
  const plans = rows.map((row) => toPlan(row, prices))
  return customerId ? priceForCustomer({ policy }, em, customerId, plans, clock.now()) : plans
}

export const toPlan = (row: PlanRow, otherPrices: ReadonlyMap<PlanId, readonly Money[]>): Plan => ({
  id: row.id,
  code: row.code,
  title: row.title,
  days: row.days,
  price: money(row.priceMinor, row.currency),
  otherPrices: otherPrices.get(row.id) ?? [],
  trafficLimitBytes: row.trafficLimitBytes,
  deviceLimit: row.deviceLimit,
  isTrial: row.isTrial,
  isPopular: row.isPopular,
})
