/**
 * How many bytes are new when a counter went from `before` to `now`. A counter that went down began at zero again,
 * because the endpoint restarted: all of `now` is new. Where an endpoint keeps its counters, one that went down was set
 * back by a restored copy: nothing is new.
 */
export function counterDelta(before: bigint, now: bigint, { keepsCounters = false } = {}): bigint {
  if (now >= before) return now - before
  return keepsCounters ? 0n : now
}
