import type { EntityManager } from '@vpn-kiosk/db'
import {
  addAfterGrace,
  type CustomerId,
  daysMs,
  type Limits,
  lastStretch,
  openStretches,
  type PlanId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readSoldPlan } from '../purchase/find-plan.ts'
import { findSubscription, readQueue } from './stretch-queue.ts'

export interface PurchasePreview {
  /** When what is bought begins to run, and when everything together ends. */
  readonly startsAt: Date
  readonly endsAt: Date
  readonly startsNow: boolean
  /** How the limits change at that moment, against those just before it; null when they stay, or nothing runs before. */
  readonly change: { readonly from: Limits; readonly to: Limits } | null
}

/** What buying a plan now would do; nothing is changed. Null when the plan is not on sale. */
export async function previewPurchase(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  customerId: CustomerId,
  planId: PlanId,
): Promise<PurchasePreview | null> {
  const now = deps.clock.now()
  const em = deps.db.em()
  const plan = await readSoldPlan(deps, em, { customerId, planId })
  if (!plan) return null
  const queue = await queueOf(em, customerId, now)
  const { isTrial, trafficLimitBytes, deviceLimit } = plan
  const terms = { planId, isTrial, trafficLimitBytes, deviceLimit, lengthMs: daysMs(plan.days) }
  const key = `preview:${planId}`
  const after = addAfterGrace(queue, key, terms, now)
  const bought = after.find((stretch) => stretch.key === key)!
  const startsNow = bought.startsAt.getTime() <= now.getTime()
  const before = startsNow
    ? openStretches(queue, now)[0]
    : openStretches(after, now).findLast(({ endsAt }) => endsAt.getTime() <= bought.startsAt.getTime())
  return {
    startsAt: bought.startsAt,
    endsAt: lastStretch(after)!.endsAt,
    startsNow,
    change: before && !isSame(before, bought) ? { from: limitsOf(before), to: limitsOf(bought) } : null,
  }
}

async function queueOf(em: EntityManager, customerId: CustomerId, now: Date) {
  const row = await em
    .getKysely()
    .selectFrom('subscriptions')
    .select('id')
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  const subscription = row ? await findSubscription(em, row.id) : null
  return subscription ? (await readQueue(em, subscription, now)).stretches : []
}

const limitsOf = ({ trafficLimitBytes, deviceLimit }: Limits): Limits => ({ trafficLimitBytes, deviceLimit })

const isSame = (a: Limits, b: Limits): boolean =>
  a.trafficLimitBytes === b.trafficLimitBytes && a.deviceLimit === b.deviceLimit
