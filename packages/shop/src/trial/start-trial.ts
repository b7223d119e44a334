import { CustomerEntity, LockMode } from '@vpn-kiosk/db'
import type { CustomerId, Limits, PlanId, SubscriptionId } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import { recordActivity } from '../audit/record-activity.ts'
import type { ShopDeps } from '../deps.ts'
import { announceWhenReady } from '../notification/announce-when-ready.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'
import { readTrialPlan } from './find-trial.ts'
import { hasPaid } from './may-try.ts'

export type StartTrialResult =
  | {
      readonly kind: 'started'
      readonly subscriptionId: SubscriptionId
      readonly days: number
      readonly endsAt: Date
      readonly limits: Limits
    }
  | { readonly kind: 'already_used' }
  | { readonly kind: 'already_customer' }
  | { readonly kind: 'banned' }
  | { readonly kind: 'not_offered' }
  /** It is not free: it is bought like a plan. */
  | { readonly kind: 'costs'; readonly planId: PlanId }

/**
 * One trial for each customer (an admin may reset it), and none for a customer who has paid: a trial could only lower
 * their limits. The claim is a compare-and-set: a double tap gets one.
 */
export async function startTrial(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault' | 'policy'>,
  customerId: CustomerId,
): Promise<StartTrialResult> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const plan = await readTrialPlan(deps, em)
    if (!plan) return { kind: 'not_offered' }
    // Locked, so that a first payment that is being settled is either seen or comes on top of the trial.
    const customer = await em.findOneOrFail(
      CustomerEntity,
      { id: customerId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    )
    if (customer.bannedAt) return { kind: 'banned' }
    const isSold = plan.price.minor > 0n
    if (isSold && customer.trialUsedAt) return { kind: 'already_used' }
    if (await hasPaid(em, customerId)) return { kind: 'already_customer' }
    if (isSold) return { kind: 'costs', planId: plan.id }
    const claimed = await em.nativeUpdate(CustomerEntity, { id: customerId, trialUsedAt: null }, { trialUsedAt: now })
    if (!claimed) return { kind: 'already_used' }

    const key = `trial:${customerId}:${now.getTime()}`
    const { days } = plan
    const extended = await extendSubscription(em, { customerId, days, key, plan }, now)
    if (!extended?.subscription.endsAt) throw new Error(`${key} was granted before`)
    const { id, endsAt } = extended.subscription
    await requestAccess(deps, em, id, now)
    await announceWhenReady(
      deps,
      em,
      { customerId, key, notification: { kind: 'key_ready', subscriptionId: id, reason: 'trial' }, subscriptionId: id },
      now,
    )
    await recordActivity(em, customerId, 'trial', now)
    const { trafficLimitBytes, deviceLimit } = extended.stretch
    return { kind: 'started', subscriptionId: id, days, endsAt, limits: { trafficLimitBytes, deviceLimit } }
  })
}
