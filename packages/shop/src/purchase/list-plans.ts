import { PlanEntity, type PlanRow } from '@vpn-kiosk/db'
import { money, type Plan } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** The price list, cheapest period first; trials are not on it. */
export async function listPlans({ db }: Pick<ShopDeps, 'db'>): Promise<Plan[]> {
  const rows = await db.em().find(PlanEntity, { isActive: true, isTrial: false }, { orderBy: { position: 'asc' } })
  return rows.map(toPlan)
}

export const toPlan = (row: PlanRow): Plan => ({
  id: row.id,
  code: row.code,
  title: row.title,
  days: row.days,
  price: money(row.priceMinor, row.currency),
  trafficLimitBytes: row.trafficLimitBytes,
  deviceLimit: row.deviceLimit,
  isTrial: row.isTrial,
  isPopular: row.isPopular,
})
