import { type EntityManager, PlanEntity } from '@vpn-kiosk/db'
import type { CustomerId, Plan, PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { priceForCustomer } from '../discount/price-for-customer.ts'
import { readOtherPrices } from '../plan/read-other-prices.ts'
import { readTrialPlan } from '../trial/find-trial.ts'
import { mayTry } from '../trial/may-try.ts'
import { toPlan } from './list-plans.ts'

/** A plan that a customer may buy now, at this customer's price; also a trial that costs something. Null: not on sale. */
export async function findPlan(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  customerId: CustomerId,
  planId: PlanId,
): Promise<Plan | null> {
  const em = deps.db.em()
  const listed = await readSoldPlan(deps, em, { customerId, planId })
  return listed && priceSoldPlan(deps, em, customerId, listed)
}

/** At the price of everybody. */
export async function readSoldPlan(
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  em: EntityManager,
  { customerId, planId }: { readonly customerId: CustomerId; readonly planId: PlanId },
): Promise<Plan | null> {
  const row = await em.findOne(PlanEntity, { id: planId, isActive: true })
  if (!row || row.priceMinor <= 0n) return null
  if (!row.isTrial) return toPlan(row, await readOtherPrices(em, [row]))
  return (await mayTry(em, customerId)) ? readTrialPlan(deps, em) : null
}

/** No code and no other discount makes a trial cheaper. */
export async function priceSoldPlan(
  deps: Pick<ShopDeps, 'clock' | 'policy'>,
  em: EntityManager,
  customerId: CustomerId,
  listed: Plan,
): Promise<Plan> {
  if (listed.isTrial) return listed
  const [plan] = await priceForCustomer(deps, em, customerId, [listed], deps.clock.now())
  return plan
}
