import { minuteMs } from '../time/time.ts'

/**
 * A ban or an expiry closes every connection within this time, on a server that answers. Traffic that is used up is
 * noticed when the counters are read next (`sync-usage`); an open connection goes on until then.
 */
export const cutWithinMs = minuteMs

/**
 * Some endpoints can end a connection only by interrupting everybody. There is at least this long between two
 * interruptions.
 */
export const dropRestMs = 45_000

/**
 * A connection that was idle when its account was cut is found as soon as it sends again. The core drops an idle
 * connection after five minutes, so the search ends then.
 */
export const watchCutMs = 6 * minuteMs
