import type { Transitions } from '../state/transitions.ts'
import { isBefore } from '../time/time.ts'

/**
 * What a customer has a right to. `pending`: a row with nothing granted yet. `suspended`: banned. `held`: a trial whose
 * customer left a channel that the shop requires; its time goes on. `frozen`: its customer let the time stand still.
 */
export const subscriptionStates = ['pending', 'active', 'expired', 'suspended', 'held', 'frozen'] as const
export type SubscriptionState = (typeof subscriptionStates)[number]

export const subscriptionTransitions: Transitions<SubscriptionState> = {
  pending: ['active', 'suspended'],
  active: ['active', 'expired', 'suspended', 'held', 'frozen'],
  expired: ['active', 'suspended'],
  suspended: ['active', 'expired', 'frozen'],
  held: ['active', 'expired', 'suspended', 'held'],
  frozen: ['active', 'suspended', 'frozen'],
}

export interface Limits {
  readonly trafficLimitBytes: bigint | null
  readonly deviceLimit: number
}

export interface Entitlement {
  readonly state: SubscriptionState
  readonly endsAt: Date | null
  readonly trafficLimitBytes: bigint | null
  readonly trafficUsedBytes: bigint
}

export type Standing = 'none' | 'active' | 'expired' | 'suspended' | 'held' | 'frozen' | 'traffic_used_up'

const runningStates: readonly SubscriptionState[] = ['active', 'held', 'frozen']

/** Whether the customer may connect now, or why not. */
export function standingOf(entitlement: Entitlement, now: Date): Standing {
  const { state, endsAt, trafficLimitBytes, trafficUsedBytes } = entitlement
  if (state === 'suspended') return 'suspended'
  if (state === 'pending' || endsAt === null) return 'none'
  if (!runningStates.includes(state) || !isBefore(now, endsAt)) return 'expired'
  if (state === 'held' || state === 'frozen') return state
  return trafficLimitBytes !== null && trafficUsedBytes >= trafficLimitBytes ? 'traffic_used_up' : 'active'
}
