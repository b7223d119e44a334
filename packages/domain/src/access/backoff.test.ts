import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minuteMs } from '../time/time.ts'
import { backoffMs } from './backoff.ts'

describe('the pause before another try', () => {
  test('grows from a second to ten minutes and never beyond', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
        const pause = backoffMs(attempts, random)
        expect(pause).toBeGreaterThanOrEqual(800)
        expect(pause).toBeLessThanOrEqual(10 * minuteMs)
        expect(backoffMs(attempts + 1, random)).toBeGreaterThanOrEqual(pause)
      }),
    )
  })
})
