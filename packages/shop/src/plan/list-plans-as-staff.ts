import { PlanEntity } from '@vpn-kiosk/db'
import type { Plan } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { toPlan } from '../purchase/list-plans.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { readOtherPrices } from './read-other-prices.ts'

export interface StaffPlan extends Plan {
  readonly isActive: boolean
  readonly position: number
}

/** Every plan in the order of the price list, those that are not on sale and the trial included. */
export const listPlansAsStaff = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
): Promise<Seen<readonly StaffPlan[]>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => {
    const em = deps.db.em()
    const rows = await em.find(PlanEntity, {}, { orderBy: { position: 'asc', id: 'asc' }, limit: 200 })
    const prices = await readOtherPrices(em, rows)
    return rows.map((row) => ({ ...toPlan(row, prices), isActive: row.isActive, position: row.position }))
  })
