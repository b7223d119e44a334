import type { Transitions } from '../state/transitions.ts'
import { addDays, isBefore, latest } from '../time/time.ts'

/** What a customer has a right to. `pending`: a row with nothing granted yet. `suspended`: banned or held by an admin. */
export const subscriptionStates = ['pending', 'active', 'expired', 'suspended', 'cancelled'] as const
export type SubscriptionState = (typeof subscriptionStates)[number]

export const subscriptionTransitions: Transitions<SubscriptionState> = {
  pending: ['active', 'suspended', 'cancelled'],
  active: ['active', 'expired', 'suspended', 'cancelled'],
  expired: ['active', 'suspended', 'cancelled'],
  suspended: ['active', 'expired', 'cancelled'],
  cancelled: ['active'],
}

/** Extension = max(now, current end) + period: renewing never loses a paid second. */
export const extendedEnd = (now: Date, currentEnd: Date | null, days: number): Date =>
  addDays(currentEnd ? latest(now, currentEnd) : now, days)

export interface Limits {
  readonly trafficLimitBytes: bigint | null
  readonly deviceLimit: number
}

/**
 * The limits after a plan is added. While time is left nothing is lost: the larger device limit stays,
 * unlimited traffic stays unlimited, and a new traffic allowance comes on top of what was not used.
 */
export function mergedLimits(current: Limits & { usedBytes: bigint }, bought: Limits, isRunning: boolean): Limits {
  const deviceLimit = isRunning ? Math.max(current.deviceLimit, bought.deviceLimit) : bought.deviceLimit
  if (bought.trafficLimitBytes === null) return { trafficLimitBytes: null, deviceLimit }
  if (isRunning && current.trafficLimitBytes === null) return { trafficLimitBytes: null, deviceLimit }
  const kept =
    isRunning && (current.trafficLimitBytes ?? 0n) > current.usedBytes
      ? (current.trafficLimitBytes ?? 0n)
      : current.usedBytes
  return { trafficLimitBytes: kept + bought.trafficLimitBytes, deviceLimit }
}

export interface Entitlement {
  readonly state: SubscriptionState
  readonly endsAt: Date | null
  readonly trafficLimitBytes: bigint | null
  readonly trafficUsedBytes: bigint
}

export type Standing = 'none' | 'active' | 'expired' | 'suspended' | 'traffic_used_up'

/** Whether the customer may connect now, or why not. */
export function standingOf(entitlement: Entitlement, now: Date): Standing {
  const { state, endsAt, trafficLimitBytes, trafficUsedBytes } = entitlement
  if (state === 'suspended') return 'suspended'
  if (state === 'pending' || endsAt === null) return 'none'
  if (state !== 'active' || !isBefore(now, endsAt)) return 'expired'
  return trafficLimitBytes !== null && trafficUsedBytes >= trafficLimitBytes ? 'traffic_used_up' : 'active'
}
