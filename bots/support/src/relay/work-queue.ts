import { setTimeout as sleep } from 'node:timers/promises'

/** `more`: something was done, ask again. `idle`: nothing to do. `later`: it can't be done now. */
export type WorkOutcome = 'more' | 'idle' | 'later'

export interface WorkQueue {
  /** There is work under this key. Not begun before `quietMs` have passed without another kick that asks the same. */
  kick(key: string, quietMs?: number): void
  /** The same for work that was found lying about: a lane under way takes it anyway, and is not put off by it. */
  ensure(key: string, quietMs?: number): void
  /** Settles when the step that this key is at now is over; at once when it is at none. */
  passed(key: string): Promise<void>
  /** Settles when no lane is under way. */
  idle(): Promise<void>
  /** Begins nothing more and waits at most `drainMs` for what is under way. */
  close(drainMs: number): Promise<void>
}

export interface WorkQueueOptions {
  readonly work: (key: string) => Promise<WorkOutcome>
  /** Pauses before `later` work is tried again; after the last one the next kick does (2 s, 10 s). */
  readonly retryDelaysMs?: readonly number[]
  readonly onError: (error: unknown, key: string) => void
}

interface Lane {
  notBefore: number
  isKicked: boolean
  failures: number
  step: Promise<unknown>
  done: Promise<void>
}

/** Works off each key by itself, in order, one step at a time; different keys go side by side. */
export function createWorkQueue({ work, retryDelaysMs = [2_000, 10_000], onError }: WorkQueueOptions): WorkQueue {
  const lanes = new Map<string, Lane>()
  const stopping = new AbortController()
  const { signal } = stopping

  const quiet = async (lane: Lane): Promise<void> => {
    while (!signal.aborted && lane.notBefore > performance.now()) {
      // Rejects when we stop, and then the loop ends.
      await sleep(lane.notBefore - performance.now(), undefined, { signal }).catch(() => {})
    }
  }
  const step = (key: string): Promise<WorkOutcome> =>
    work(key).catch((error: unknown) => {
      onError(error, key)
      return 'later' as const
    })
  /** False when the lane has nothing more to do for now. */
  const goOn = (lane: Lane, outcome: WorkOutcome): boolean => {
    if (outcome !== 'later') {
      lane.failures = 0
      return outcome === 'more' || lane.isKicked
    }
    const delayMs = retryDelaysMs[lane.failures]
    lane.failures += 1
    lane.notBefore = Math.max(lane.notBefore, performance.now() + (delayMs ?? 0))
    return delayMs !== undefined
  }
  const run = async (key: string, lane: Lane): Promise<void> => {
    for (let goesOn = true; goesOn; ) {
      await quiet(lane)
      if (signal.aborted) break
      lane.isKicked = false
      const stepping = step(key)
      lane.step = stepping
      goesOn = goOn(lane, await stepping)
    }
    lanes.delete(key)
  }

  const kick = (key: string, quietMs = 0): void => {
    if (signal.aborted) return
    const known = lanes.get(key)
    const lane = known ?? {
      notBefore: 0,
      isKicked: true,
      failures: 0,
      step: Promise.resolve(),
      done: Promise.resolve(),
    }
    lane.isKicked = true
    lane.notBefore = Math.max(lane.notBefore, performance.now() + quietMs)
    if (known) return
    lanes.set(key, lane)
    lane.done = run(key, lane)
  }

  return {
    kick,
    ensure(key, quietMs) {
      if (!lanes.has(key)) kick(key, quietMs)
    },
    async passed(key) {
      await lanes.get(key)?.step
    },
    async idle() {
      while (lanes.size > 0) await Promise.all([...lanes.values()].map(({ done }) => done))
    },
    async close(drainMs) {
      stopping.abort()
      const drained = Promise.all([...lanes.values()].map(({ done }) => done))
      const timely = new AbortController()
      await Promise.race([drained, sleep(drainMs, undefined, { signal: timely.signal }).catch(() => {})])
      timely.abort()
    },
  }
}
