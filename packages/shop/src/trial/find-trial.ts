import { PlanEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import { readOffer } from '../setting/read-offer.ts'

/** What a trial gives. */
export interface TrialTerms {
  readonly days: number
  /** Null: unlimited. */
  readonly trafficLimitBytes: bigint | null
  readonly deviceLimit: number
}

/** What whoever has not had a trial may have; null when the shop gives none. */
export async function findTrial(deps: Pick<ShopDeps, 'db' | 'policy'>): Promise<TrialTerms | null> {
  const { trialDays: days } = await readOffer(deps)
  if (days <= 0) return null
  const plan = await deps.db.em().findOne(PlanEntity, { isTrial: true, isActive: true })
  if (!plan) return null
  return { days, trafficLimitBytes: plan.trafficLimitBytes, deviceLimit: plan.deviceLimit }
}
