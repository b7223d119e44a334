/** Wakes workers for delayed jobs. Postgres' NOTIFY announces only jobs that are due when they are enqueued. */
export interface AlarmClock {
  /** Wakes the worker of jobs called `name` after `ms` and up to 300 ms more; calls at the same time are merged. */
  set(name: string, ms: number): void
  close(): void
}

/** Wake-ups happen at multiples of `tickMs`, and `lateMs` after the due time, so never before a job is due. */
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
