import { addMs, dayMs, isBefore } from '../time/time.ts'
import { moveOpenStretches, type Stretch } from './stretch.ts'

/*
 * A customer who needs no VPN for a while freezes the subscription, where the shop allows that:
 *
 * 1. The accesses close, and no time passes: what is left of every stretch begins again when the freeze is over.
 * 2. A freeze is over after the shop's number of days, or earlier by one tap. Not a millisecond is won or lost.
 * 3. Trials are not frozen. A ban ends no freeze. What is bought or given meanwhile goes behind the rest, and waits with it.
 * 4. The shop allows so many freezes a year, counted back from now.
 */

export interface FreezeRules {
  /** The longest one; 0 = the shop offers none. */
  readonly freezeDays: number
  readonly freezesPerYear: number
}

/** Freezes are counted so far back. */
export const freezeYearMs = 365 * dayMs

/** The queue of a subscription that is frozen now, for `days` at most. */
export const freezeStretches = (queue: readonly Stretch[], days: number, now: Date): Stretch[] =>
  moveOpenStretches(queue, addMs(now, days * dayMs), now)

/** The queue of a subscription that was frozen until `until`, or is yet, and whose time goes on now. */
export const unfreezeStretches = (queue: readonly Stretch[], until: Date, now: Date): Stretch[] =>
  moveOpenStretches(queue, now, frozenAt(until, now))

/** Where the time of a frozen subscription stands: a freeze that is ended late costs nothing. */
export const frozenAt = (until: Date, now: Date): Date => (isBefore(until, now) ? until : now)
