import type { AccessId } from '../ids/ids.ts'
import { dayMs, hourMs, minuteMs } from '../time/time.ts'
import type { AccountId } from './driver.ts'

/** The account's name on an endpoint, from our access id: `acc_8x2k…` → `vk-8x2k…`. */
export const accountOf = (access: AccessId): AccountId => `vk-${access.slice(access.indexOf('_') + 1)}`

/** After this long between payment and key the customer reads "being prepared" and an admin is told. */
export const preparingAfterMs = 5 * minuteMs

/** A freed tunnel address rests this long, so that a stale configuration never meets a new owner. */
export const addressQuarantineMs = 24 * hourMs

/** After a right ends its accesses stay this long: a renewal meanwhile keeps the same keys. Then they are removed. */
export const removeAfterMs = 3 * dayMs

/** A right that has been suspended for so long gives its places back too. */
export const retireSuspendedAfterMs = 14 * dayMs

/** While an endpoint is filled, at most so many accesses wait for it: about what a panel does in fifteen seconds. */
export const fillAhead = 1000

/**
 * Places of a server that are kept for people who have no access yet: a twentieth of its capacity, none of a server
 * under twenty. Without them a customer's second server could take the place of somebody's first.
 */
export const keptFree = (capacity: number): number => Math.floor(capacity / 20)
