import { setTimeout as wait } from 'node:timers/promises'

const limitMs = 8_000

/** What must be ended before the process may end, in reverse order, whatever happens meanwhile. */
export interface Ending {
  add(stop: () => Promise<unknown>): void
  /** Ends everything once; resolves to false when it took longer than 8 s. */
  run(): Promise<boolean>
}

export function createEnding(report: (error: unknown) => void): Ending {
  const stops: (() => Promise<unknown>)[] = []
  let running: Promise<boolean> | null = null
  const stopAll = async (): Promise<true> => {
    for (const stop of stops.toReversed()) await stop().catch(report)
    return true
  }
  return {
    add: (stop) => void stops.push(stop),
    run: () => {
      running ??= Promise.race([stopAll(), wait(limitMs, false as const, { ref: false })])
      return running
    },
  }
}
