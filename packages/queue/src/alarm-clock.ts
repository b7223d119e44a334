/** Calls for jobs that become due later: NOTIFY tells only of those that are due when they are enqueued. */
export interface AlarmClock {
  /** `name` is called for in `ms` and a fraction of a second; many at the same time are one call. */
  set(name: string, ms: number): void
  close(): void
}

/** Calls are made at these steps; a job is never called for before it is due. */
const tickMs = 250
const lateMs = 50

export function createAlarmClock(ring: (name: string) => void): AlarmClock {
  const timers = new Map<string, NodeJS.Timeout>()
  return {
    set(name, ms) {
      const tick = Math.ceil((performance.now() + ms + lateMs) / tickMs)
      const key = `${name} ${tick}`
      if (timers.has(key)) return
      const call = () => {
        timers.delete(key)
        ring(name)
      }
      timers.set(key, setTimeout(call, tick * tickMs - performance.now()))
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
