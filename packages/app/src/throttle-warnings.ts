const pauseMs = 60_000

/**
 * During an outage logs each kind of error (by its code) at once and then once a minute. `say` is also given how many of
 * that kind were left out since the last line.
 */
export function throttleWarnings(say: (error: Error, passedOver: number) => void, now: () => number = Date.now) {
  const kinds = new Map<string, { saidAt: number; passedOver: number }>()
  return (error: Error): void => {
    const code = 'code' in error ? String(error.code) : error.name
    const known = kinds.get(code)
    if (known && now() - known.saidAt < pauseMs) {
      known.passedOver += 1
      return
    }
    kinds.set(code, { saidAt: now(), passedOver: 0 })
    say(error, known?.passedOver ?? 0)
  }
}
