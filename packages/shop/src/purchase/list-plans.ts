import { PlanEntity, type PlanRow } from '@vpn-kiosk/db'
import { type Money, money, type Plan, type PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readOtherPrices } from '../plan/read-other-prices.ts'

/** The price list, cheapest period first; trials are not on it. */
export async function listPlans({ db }: Pick<ShopDeps, 'db'>): Promise<Plan[]> {
  const em = db.em()
  const rows = await em.find(PlanEntity, { isActive: true, isTrial: false }, { orderBy: { position: 'asc' } })
  const prices = await readOtherPrices(em, rows)
  return rows.map((row) => toPlan(row, prices))
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
