const PAUSE_MS = 60_000

/**
 * Turns the flood that one outage makes into a line at once and then one a minute for each kind of error, told by its
 * code. `say` also hears how many of that kind were passed over since the last line.
 */
export function sayRarely(say: (error: Error, passedOver: number) => void, now: () => number = Date.now) {
  const kinds = new Map<string, { saidAt: number; passedOver: number }>()
  return (error: Error): void => {
    const code = 'code' in error ? String(error.code) : error.name
    const known = kinds.get(code)
    if (known && now() - known.saidAt < PAUSE_MS) {
      known.passedOver += 1
      return
    }
    kinds.set(code, { saidAt: now(), passedOver: 0 })
    say(error, known?.passedOver ?? 0)
  }
}
