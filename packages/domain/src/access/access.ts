import type { AccessId } from '../ids/ids.ts'
import { hourMs, minuteMs } from '../time/time.ts'
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
 * What to add for a counter that went from `before` to `now`. A counter that went down was reset
 * (the endpoint restarted, the account was made anew), so all of `now` is new.
 */
export const counterDelta = (before: bigint, now: bigint): bigint => (now >= before ? now - before : now)
