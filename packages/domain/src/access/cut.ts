import { minuteMs } from '../time/time.ts'

/**
 * How soon a ban or an end is felt everywhere, open connections included, on a server that answers. A used-up allowance
 * is known with the next reading of the counters (`sync-usage`): until then a connection that is open goes on.
 */
export const cutWithinMs = minuteMs

/** Where open connections end only by interrupting everybody on an endpoint, that happens so far apart at least. */
export const dropRestMs = 45_000

/**
 * A connection that was idle when its account was cut shows itself with its next bytes. After five minutes without any
 * the core gives it up, so that nobody need look for it any longer.
 */
export const watchCutMs = 6 * minuteMs
