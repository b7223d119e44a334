const longestMs = 60_000

export interface Pauses {
  /** Settles when this worker may take somebody; false when the process is ending. */
  mayGo(worker: number): Promise<boolean>
  /** The same without waiting: whether this worker may take somebody now. */
  isOpenTo(worker: number): boolean
  /** Telegram is in trouble: everybody rests, longer each time, then one tries alone. */
  trouble(atLeastMs: number): void
  fine(): void
  /** Settles when the process is asked to end. */
  readonly ending: Promise<void>
  /** Waits, but not past the end of the process. */
  rest(ms: number): Promise<void>
}

/**
 * Keeps an outage from using people up: after a failure that says something about Telegram and not about the person,
 * all workers rest and only the first goes on until one message has got through.
 */
export function createPauses(signal: AbortSignal): Pauses {
  let resting: Promise<void> | null = null
  let failures = 0
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const wake = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      signal.addEventListener('abort', wake)
    })
  const isOpenTo = (worker: number): boolean => !signal.aborted && !resting && (failures === 0 || worker === 0)
  const ending = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  return {
    isOpenTo,
    ending,
    async mayGo(worker) {
      while (!signal.aborted) {
        if (resting) await resting
        else if (isOpenTo(worker)) return true
        else await rest(100)
      }
      return false
    },
    trouble(atLeastMs) {
      if (resting) return
      failures += 1
      resting = rest(Math.max(atLeastMs, Math.min(longestMs, 1000 * 2 ** (failures - 1)))).then(() => {
        resting = null
      })
    },
    fine() {
      if (!resting) failures = 0
    },
    rest,
  }
}
