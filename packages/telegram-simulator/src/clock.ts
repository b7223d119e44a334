/** Where the present comes from. */
export interface Clock {
  now(): Date
}

/** A clock that a test, or a person at a page, may move. Time never runs backwards by itself; `set` may move it anywhere. */
export interface SimulatedClock extends Clock {
  /** Moves the present forward by `ms` (a negative value moves it back). */
  advance(ms: number): void
  /** Makes `at` the present. A running clock goes on from there. */
  set(at: Date): void
}

export interface SimulatedClockOptions {
  /** A frozen clock moves only by `advance` and `set`; otherwise it runs at the speed of real time. */
  frozen?: boolean
}

/** Creates a clock that shows `start` (default: the real present) and runs with real time plus an offset. */
export function createSimulatedClock(start: Date = new Date(), options: SimulatedClockOptions = {}): SimulatedClock {
  const realNow = options.frozen ? () => 0 : () => Date.now()
  let offsetMs = start.getTime() - realNow()
  return {
    now: () => new Date(realNow() + offsetMs),
    advance: (ms) => {
      offsetMs += ms
    },
    set: (at) => {
      offsetMs = at.getTime() - realNow()
    },
  }
}
