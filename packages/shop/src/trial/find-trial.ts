import { type EntityManager, PlanEntity } from '@vpn-kiosk/db'
import type { Money, Plan } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readOtherPrices } from '../plan/read-other-prices.ts'
import { toPlan } from '../purchase/list-plans.ts'
import { readOffer } from '../setting/read-offer.ts'

/** What a trial gives. */
export interface TrialTerms {
  readonly days: number
  /** Null: unlimited. */
  readonly trafficLimitBytes: bigint | null
  readonly deviceLimit: number
  /** Null: it is free. */
  readonly price: Money | null
}

/** What whoever has not had a trial may have; null when the shop gives none. */
export async function findTrial(deps: Pick<ShopDeps, 'db' | 'policy'>): Promise<TrialTerms | null> {
  const plan = await readTrialPlan(deps, deps.db.em())
  if (!plan) return null
  const { days, trafficLimitBytes, deviceLimit, price } = plan
  return { days, trafficLimitBytes, deviceLimit, price: price.minor > 0n ? price : null }
}

/** The trial as a plan: for as long as the shop's settings say. */
export async function readTrialPlan(deps: Pick<ShopDeps, 'db' | 'policy'>, em: EntityManager): Promise<Plan | null> {
  const { trialDays: days } = await readOffer(deps, em)
  if (days <= 0) return null
  const row = await em.findOne(PlanEntity, { isTrial: true, isActive: true })
  return row && { ...toPlan(row, await readOtherPrices(em, [row])), days }
}
