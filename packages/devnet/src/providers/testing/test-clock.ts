import type { Clock } from '@vpn-kiosk/domain'

/** A clock that stands still until it is told to move. */
export interface TestClock extends Clock {
  advance(ms: number): void
}

export function createTestClock(startAt = '2026-10-01T10:00:00.000Z'): TestClock {
  let ms = Date.parse(startAt)
  return {
    now: () => new Date(ms),
    advance: (by) => {
      ms += by
    },
  }
}
