import { type CustomerId, minuteMs, type Plan, type PlanId, runningStretch } from '@vpn-kiosk/domain'
import { requestAccessUnderLock } from '../access/request-access.ts'
import { recordActivity } from '../audit/record-activity.ts'
import type { ShopDeps } from '../deps.ts'
import { findPlanSwitches } from './find-plan-switches.ts'
import { lockOrCreateSubscription, readQueue, storeQueue } from './stretch-queue.ts'

export interface PlanSwitchWish {
  readonly customerId: CustomerId
  readonly planId: PlanId
  /** What the customer was shown: the end of all time after the change. */
  readonly endsAt: Date
}

export type SwitchPlanResult =
  | { readonly kind: 'switched'; readonly plan: Plan; readonly endsAt: Date }
  /** The plan runs already: the button was pressed before. */
  | { readonly kind: 'unchanged' }
  /** The end would be another than was shown: time has passed, or a price has changed. */
  | { readonly kind: 'differs' }
  | { readonly kind: 'not_offered' }
  | { readonly kind: 'banned' }

/** Between a screen and its button: the end moves on while somebody reads. */
const toleranceMs = 30 * minuteMs

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'queue' | 'drivers' | 'vault' | 'checkpoint'>

/**
 * Puts the time that is left under another plan, at once and without a payment. Changes nothing else than what was shown,
 * and nothing twice.
 */
export async function switchPlan(deps: Deps, wish: PlanSwitchWish): Promise<SwitchPlanResult> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const { subscription, isBanned } = await lockOrCreateSubscription(em, wish.customerId, now)
    if (isBanned) return { kind: 'banned' }
    if (subscription.state !== 'active') return { kind: 'not_offered' }
    const before = await readQueue(em, subscription, now)
    if (runningStretch(before.stretches, now)?.planId === wish.planId) return { kind: 'unchanged' }
    const found = await findPlanSwitches(em, before.stretches, now)
    const chosen = found?.switches.find(({ plan }) => plan.id === wish.planId)
    if (!chosen) return { kind: 'not_offered' }
    if (Math.abs(chosen.endsAt.getTime() - wish.endsAt.getTime()) > toleranceMs) return { kind: 'differs' }
    await storeQueue(em, { subscription, before, after: chosen.queue }, now)
    await requestAccessUnderLock(deps, em, subscription.id, now)
    await recordActivity(em, wish.customerId, 'plan_switched', now)
    deps.checkpoint('switch-plan:before-commit')
    return { kind: 'switched', plan: chosen.plan, endsAt: chosen.endsAt }
  })
}
