import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlanId } from '../ids/ids.ts'
import { addMs, dayMs, hourMs } from '../time/time.ts'
import { addAfterGrace, addGrace } from './grace.ts'
import { addStretch, lastStretch, runningStretch, type Stretch } from './stretch.ts'

const start = new Date('2026-11-21T09:00:00Z')
const end = addMs(start, 30 * dayMs)
const plan = (days: number, planId: string | null = 'p') => ({
  planId: planId as PlanId | null,
  isTrial: false,
  lengthMs: days * dayMs,
  trafficLimitBytes: 30n * 10n ** 9n,
  deviceLimit: 3,
})
const bought = addStretch([], 'a', plan(30), start)
const withGrace = (hours: number, queue: readonly Stretch[] = bought) => addGrace(queue, 'grace:s:1', hours)!

test('the grace follows the end without a gap, with the limits of before and their share', () => {
  const grace = lastStretch(withGrace(24))
  expect(grace).toMatchObject({
    startsAt: end,
    endsAt: addMs(end, dayMs),
    deviceLimit: 3,
    trafficLimitBytes: 10n ** 9n,
  })
  expect(addGrace(withGrace(24), 'grace:s:2', 24)).toBeNull()
  expect(addGrace(bought, 'grace:s:1', 0)).toBeNull()
  const trial = addStretch([], 't', { ...plan(3), isTrial: true }, start)
  expect(addGrace(trial, 'grace:s:1', 24)).toBeNull()
})

test('whenever somebody pays in the grace, the new end is the old one and what was bought', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5 * 60_000, max: 48 * hourMs - 1 }), (sinceEnd) => {
      const now = addMs(end, sinceEnd)
      const after = addAfterGrace(withGrace(48), 'b', plan(30), now)
      expect(lastStretch(after)).toMatchObject({ key: 'b', startsAt: end, endsAt: addMs(end, 30 * dayMs) })
      if (sinceEnd >= 0) expect(runningStretch(after, now)?.key).toBe('b')
    }),
  )
})

test('of a short plan at most half goes to the grace, and days that are given begin at once', () => {
  const now = addMs(end, 40 * hourMs)
  expect(lastStretch(addAfterGrace(withGrace(48), 'b', plan(1), now))!.endsAt).toEqual(addMs(now, 12 * hourMs))
  expect(lastStretch(addAfterGrace(withGrace(48), 'b', plan(3, null), now))).toMatchObject({
    startsAt: now,
    endsAt: addMs(now, 3 * dayMs),
  })
})

test('whoever pays at the end of each grace has in the end what was paid for, however short the plan', () => {
  const days = fc.integer({ min: 1, max: 30 })
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 168 }), fc.integer({ min: 2, max: 6 }), (each, hours, times) => {
      let queue: readonly Stretch[] = addStretch([], 'bought:1', plan(each), start)
      for (let time = 2; time <= times; time += 1) {
        queue = addGrace(queue, `grace:s:${time}`, hours)!
        queue = addAfterGrace(queue, `bought:${time}`, plan(each), addMs(lastStretch(queue)!.endsAt, -1))
      }
      expect(lastStretch(queue)!.endsAt).toEqual(addMs(start, times * each * dayMs))
    }),
    { numRuns: 100 },
  )
})
