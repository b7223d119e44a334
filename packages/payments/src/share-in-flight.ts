/**
 * Calls under the same key that overlap become one call with one result. For providers without an idempotence key:
 * looking before creating does not help two callers that look at the same moment.
 */
export function shareInFlight<A, T>(
  keyOf: (argument: A) => string,
  run: (argument: A) => Promise<T>,
): (argument: A) => Promise<T> {
  const inFlight = new Map<string, Promise<T>>()
  return (argument) => {
    const key = keyOf(argument)
    const running = inFlight.get(key)
    if (running) return running
    const started = run(argument).finally(() => inFlight.delete(key))
    inFlight.set(key, started)
    return started
  }
}
