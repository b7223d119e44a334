import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlanId } from '../ids/ids.ts'
import { addMs, dayMs } from '../time/time.ts'
import { freezeStretches, unfreezeStretches } from './freeze.ts'
import { addStretch, lastStretch, openStretches, runningStretch, type Stretch } from './stretch.ts'
import { remainingMsOf } from './take-back.ts'

const start = new Date('2026-11-21T09:00:00Z')
const bought = (queue: readonly Stretch[], key: string, days: number, now: Date) => {
  const limits = { trafficLimitBytes: 10n ** 11n, deviceLimit: 3 }
  return addStretch(queue, key, { ...limits, planId: 'p' as PlanId, isTrial: false, lengthMs: days * dayMs }, now)
}
const leftMs = (queue: readonly Stretch[], now: Date) =>
  openStretches(queue, now).map((one) => [one.key, remainingMsOf(one, now), one.trafficUsedBytes])

const ms = (days: number) => fc.integer({ min: 0, max: days * dayMs })

test('whenever a freeze begins and ends, early, in time or late, everything is left that was left before', () => {
  fc.assert(
    fc.property(ms(40), ms(60), fc.integer({ min: 1, max: 30 }), (passed, frozen, days) => {
      const queue = bought(bought([], 'a', 30, start), 'b', 30, start)
      const at = addMs(start, passed)
      const before = leftMs(queue, at)
      const froze = freezeStretches(queue, days, at)
      expect(leftMs(froze, at)).toEqual(before)
      const until = runningStretch(froze, at)!.startsAt
      expect(until).toEqual(addMs(at, days * dayMs))
      const now = addMs(at, frozen)
      const after = unfreezeStretches(froze, until, now)
      expect(leftMs(after, now)).toEqual(before)
      expect(runningStretch(after, now)!.startsAt).toEqual(now)
    }),
  )
})

test('what is bought during a freeze waits behind the rest, and moves with it', () => {
  const froze = freezeStretches(bought([], 'a', 30, start), 14, addMs(start, 10 * dayMs))
  const now = addMs(start, 12 * dayMs)
  const more = bought(froze, 'b', 30, now)
  expect(lastStretch(more)).toMatchObject({ key: 'b', startsAt: addMs(start, 44 * dayMs) })
  const after = unfreezeStretches(more, addMs(start, 24 * dayMs), now)
  expect(leftMs(after, now)).toEqual([
    ['a', 20 * dayMs, 0n],
    ['b', 30 * dayMs, 0n],
  ])
})
