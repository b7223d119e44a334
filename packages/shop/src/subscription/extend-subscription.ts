import type { EntityManager, PlanRow } from '@vpn-kiosk/db'
import {
  addAfterGrace,
  bareTerms,
  type CustomerId,
  daysMs,
  lastStretch,
  type Stretch,
  standingOf,
} from '@vpn-kiosk/domain'
import {
  firstTerms,
  type LockedSubscription,
  lockOrCreateSubscription,
  readQueue,
  storeQueue,
} from './stretch-queue.ts'

export interface Extension {
  readonly customerId: CustomerId
  readonly days: number
  /** Grants once: `payment:pay_…`, `trial:cus_…`, `referral:ref_…`, `admin:aud_…`. */
  readonly key: string
  /** Whose limits come with it; null = bare days, which take the limits there are and an allowance in proportion. */
  readonly plan: Pick<PlanRow, 'id' | 'isTrial' | 'trafficLimitBytes' | 'deviceLimit'> | null
}

export interface Extended {
  readonly subscription: Pick<LockedSubscription, 'id' | 'state' | 'endsAt'>
  /** Whether the customer could connect just before. */
  readonly wasRunning: boolean
  /** What was added, with the limits that came with it. */
  readonly stretch: Pick<Stretch, 'startsAt' | 'endsAt' | 'trafficLimitBytes' | 'deviceLimit'>
}

/**
 * Adds a stretch to a customer's subscription by the rules in `domain/subscription/stretch.ts`, making the subscription
 * where there is none. Null when this key was granted before. Runs in the caller's transaction and keeps the row locked
 * until it ends. A banned customer gets the time, suspended; a frozen one, frozen. What is bought ends the hold of a
 * trial, bare days do not.
 */
export async function extendSubscription(em: EntityManager, extension: Extension, now: Date): Promise<Extended | null> {
  const { subscription, isBanned } = await lockOrCreateSubscription(em, extension.customerId, now)
  const before = await readQueue(em, subscription, now, extension.key)
  if (before.isGranted) return null

  const standing = standingOf(subscription, now)
  const wasRunning = standing === 'active' || standing === 'traffic_used_up'
  const terms = await termsOf(em, extension, before.stretches)
  const after = addAfterGrace(before.stretches, extension.key, terms, now)
  const isSuspended = isBanned || subscription.state === 'suspended'
  const isHeld = subscription.state === 'held' && standing === 'held' && (terms.isTrial || !extension.plan)
  const isFrozen = standing === 'frozen'
  const state = isSuspended ? 'suspended' : isHeld ? 'held' : isFrozen ? 'frozen' : 'active'
  const startsAt = wasRunning || isFrozen ? subscription.startsAt : now
  await storeQueue(em, { subscription, before, after, state, startsAt }, now)
  const stretch = after.find(({ key }) => key === extension.key)!
  return { subscription: { id: subscription.id, state, endsAt: lastStretch(after)!.endsAt }, wasRunning, stretch }
}

async function termsOf(em: EntityManager, { days, plan }: Extension, queue: readonly Stretch[]) {
  const lengthMs = daysMs(days)
  if (!plan) return bareTerms(lengthMs, lastStretch(queue) ?? (await firstTerms(em)))
  const { id: planId, isTrial, trafficLimitBytes, deviceLimit } = plan
  return { planId, isTrial, trafficLimitBytes, deviceLimit, lengthMs }
}
