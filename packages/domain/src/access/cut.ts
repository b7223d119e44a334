import { minuteMs } from '../time/time.ts'

/** How soon a ban, an end or a used-up allowance is felt everywhere, open connections included, on a server that answers. */
export const cutWithinMs = minuteMs

/** Where open connections end only by interrupting everybody on an endpoint, that happens so far apart at least. */
export const dropRestMs = 45_000

/**
 * A connection that was idle when its account was cut shows itself with its next bytes. After five minutes without any
 * the core gives it up, so that nobody need look for it any longer.
 */
export const watchCutMs = 6 * minuteMs
