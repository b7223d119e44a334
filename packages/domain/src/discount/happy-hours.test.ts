import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs, minuteMs, wallTime } from '../time/time.ts'
import { findHappyHours, type HappyHours } from './happy-hours.ts'

const moscow = 'Europe/Moscow'
const evening: HappyHours = { weekdays: [5, 6, 7], fromMinute: 18 * 60, untilMinute: 22 * 60, percent: 20 }
const night: HappyHours = { weekdays: [5], fromMinute: 22 * 60, untilMinute: 2 * 60, percent: 30 }
const at = (text: string) => new Date(text)

test.each([
  // 2026-11-27 is a Friday; Moscow is three hours ahead.
  ['2026-11-27T14:59:59Z', null],
  ['2026-11-27T15:00:00Z', { percent: 20, endsAt: at('2026-11-27T19:00:00Z') }],
  ['2026-11-27T18:59:59.999Z', { percent: 20, endsAt: at('2026-11-27T19:00:00Z') }],
  ['2026-11-27T19:00:00Z', { percent: 30, endsAt: at('2026-11-27T23:00:00Z') }],
  ['2026-11-27T22:59:30Z', { percent: 30, endsAt: at('2026-11-27T23:00:00Z') }],
  ['2026-11-27T23:00:00Z', null],
  ['2026-11-28T19:30:00Z', null],
  ['2026-11-26T15:00:00Z', null],
])('at %s they are %j', (now, found) => {
  expect(findHappyHours([evening, night], at(now), moscow)).toEqual(found)
})

test('of hours that overlap the best apply, and a whole day ends at midnight', () => {
  const all = { weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, untilMinute: 1440, percent: 10 }
  const now = at('2026-11-27T15:00:00Z')
  expect(findHappyHours([all, evening], now, moscow)?.percent).toBe(20)
  expect(findHappyHours([all], now, moscow)).toEqual({ percent: 10, endsAt: at('2026-11-27T21:00:00Z') })
})

test('hours over a change of the clocks end by the clock on the wall', () => {
  // Berlin puts the clocks back on 2026-10-25 at 3:00.
  const long = { weekdays: [6, 7], fromMinute: 23 * 60, untilMinute: 5 * 60, percent: 20 }
  expect(findHappyHours([long], at('2026-10-24T21:30:00Z'), 'Europe/Berlin')?.endsAt).toEqual(
    at('2026-10-25T04:00:00Z'),
  )
})

test('whatever the hours, they run until the moment that they name and not longer than a day', () => {
  const minute = fc.integer({ min: 0, max: 1439 })
  fc.assert(
    fc.property(
      fc.record({
        weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        fromMinute: minute,
        untilMinute: minute.map((value) => value + 1),
        percent: fc.integer({ min: 1, max: 90 }),
      }),
      fc.date({ min: at('2026-01-01'), max: at('2027-12-31'), noInvalidDate: true }),
      fc.constantFrom('Europe/Moscow', 'Asia/Kolkata', 'America/New_York', 'UTC'),
      (hours, now, zone) => {
        const found = findHappyHours([hours], now, zone)
        if (!found) return
        expect(found.endsAt.getTime()).toBeGreaterThan(now.getTime())
        expect(found.endsAt.getTime() - now.getTime()).toBeLessThanOrEqual(dayMs + 60 * minuteMs)
        expect(findHappyHours([hours], new Date(found.endsAt.getTime() - 1), zone)).not.toBeNull()
      },
    ),
  )
  expect(wallTime(at('2026-11-29T20:59:59Z'), moscow)).toEqual({ weekday: 7, minute: 1439 })
})
