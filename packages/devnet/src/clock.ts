import type { Clock } from '@vpn-kiosk/domain'

/** A clock that a story or a person at the demo may move. Time never runs backwards by itself; `set` may move it anywhere. */
export interface DevClock extends Clock {
  /** Moves the present forward by `ms` (a negative value moves it back). */
  advance(ms: number): void
  /** Makes `at` the present. A running clock goes on from there. */
  set(at: Date): void
}

export interface DevClockOptions {
  /** A frozen clock moves only by `advance` and `set`; otherwise it runs at the speed of real time. */
  frozen?: boolean
}

/** Creates a clock that shows `start` (default: the real present) and runs with real time plus an offset. */
export function createDevClock(start: Date = new Date(), options: DevClockOptions = {}): DevClock {
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
