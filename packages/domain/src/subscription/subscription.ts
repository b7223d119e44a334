import type { Transitions } from '../state/transitions.ts'
import { isBefore } from '../time/time.ts'

/**
 * What a customer has a right to. `pending`: a row with nothing granted yet. `suspended`: banned. `held`: a trial whose
 * customer left a channel that the shop requires; its time goes on.
 */
export const subscriptionStates = ['pending', 'active', 'expired', 'suspended', 'held'] as const
export type SubscriptionState = (typeof subscriptionStates)[number]

export const subscriptionTransitions: Transitions<SubscriptionState> = {
  pending: ['active', 'suspended'],
  active: ['active', 'expired', 'suspended', 'held'],
  expired: ['active', 'suspended'],
  suspended: ['active', 'expired'],
  held: ['active', 'expired', 'suspended', 'held'],
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

export type Standing = 'none' | 'active' | 'expired' | 'suspended' | 'held' | 'traffic_used_up'

/** Whether the customer may connect now, or why not. */
export function standingOf(entitlement: Entitlement, now: Date): Standing {
  const { state, endsAt, trafficLimitBytes, trafficUsedBytes } = entitlement
  if (state === 'suspended') return 'suspended'
  if (state === 'pending' || endsAt === null) return 'none'
  if ((state !== 'active' && state !== 'held') || !isBefore(now, endsAt)) return 'expired'
  if (state === 'held') return 'held'
  return trafficLimitBytes !== null && trafficUsedBytes >= trafficLimitBytes ? 'traffic_used_up' : 'active'
}
