import type { AccessId } from '../ids/ids.ts'
import { dayMs, hourMs, minuteMs } from '../time/time.ts'
import type { AccountId } from './driver.ts'

/** The account's name on an endpoint, from our access id: `acc_8x2k…` → `vk-8x2k…`. */
export const accountOf = (access: AccessId): AccountId => `vk-${access.slice(access.indexOf('_') + 1)}`

/** The wait before attempt `attempts + 1`: 1 s, 2 s, 4 s … 10 min, with up to a fifth of jitter (`random` in 0…1). */
export function backoffMs(attempts: number, random: number): number {
  const base = Math.min(1000 * 2 ** Math.min(attempts, 20), 10 * minuteMs)
  return Math.round(base * (0.8 + 0.2 * random))
}

/** After this long between payment and key the customer reads "being prepared" and an admin is told. */
export const preparingAfterMs = 5 * minuteMs

/** A freed tunnel address rests this long, so that a stale configuration never meets a new owner. */
export const addressQuarantineMs = 24 * hourMs

/**
 * What to add for a counter that went from `before` to `now`. A counter that went down began again (the endpoint
 * restarted), so all of `now` is new; where the endpoint keeps its counters it was taken back, and nothing is.
 */
export function counterDelta(before: bigint, now: bigint, { keepsCounters = false } = {}): bigint {
  if (now >= before) return now - before
  return keepsCounters ? 0n : now
}

/** So long after the end of a right its accesses wait for a renewal, which keeps the same keys; then they are removed. */
export const retireAfterMs = 3 * dayMs

/** A right that has been suspended for so long gives its places back too. */
export const retireSuspendedAfterMs = 14 * dayMs

/** How many accesses may wait for one endpoint that is being filled: what a panel does in some fifteen seconds. */
export const fillAhead = 1000

/**
 * Places of a server that only people who have nothing yet may take, so that nobody's second or third way in is the
 * reason why somebody who paid gets none: a twentieth, none of a server of less than twenty.
 */
export const keptFree = (capacity: number): number => Math.floor(capacity / 20)
