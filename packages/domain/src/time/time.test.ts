import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysLeft, hourMs, startOfDay } from './time.ts'

describe('the day', () => {
  test('begins at midnight of the shop, not of Greenwich', () => {
    expect(startOfDay(new Date('2026-11-20T22:30:00Z'), 'Europe/Moscow').toISOString()).toBe('2026-11-20T21:00:00.000Z')
    expect(startOfDay(new Date('2026-11-20T20:30:00Z'), 'Europe/Moscow').toISOString()).toBe('2026-11-19T21:00:00.000Z')
  })

  test('holds every instant that belongs to it', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }), (at) => {
        const start = startOfDay(at, 'Europe/Moscow')
        expect(at.getTime() - start.getTime()).toBeGreaterThanOrEqual(0)
        expect(at.getTime() - start.getTime()).toBeLessThan(24 * hourMs)
      }),
    )
  })

  test.each(['Europe/Moscow', 'Europe/Berlin', 'America/New_York', 'Africa/Cairo', 'Asia/Kolkata', 'Pacific/Auckland'])(
    'in %s begins at its first instant, also when the clocks are changed',
    (timeZone) => {
      const { format: dateOf } = new Intl.DateTimeFormat('en-CA', { timeZone })
      for (let hour = 0; hour < 365 * 24; hour++) {
        const at = new Date(Date.UTC(2026, 0, 1, hour, 30))
        const start = startOfDay(at, timeZone)
        if (dateOf(start) !== dateOf(at) || dateOf(new Date(start.getTime() - 1)) === dateOf(at))
          expect.fail(`${at.toISOString()} began at ${start.toISOString()}`)
      }
    },
  )
})

describe('days left', () => {
  const now = new Date('2026-11-21T09:00:00Z')
  test.each([
    [0, 0],
    [1, 1],
    [24 * hourMs, 1],
    [24 * hourMs + 1, 2],
    [-5, 0],
  ])('%i ms are %i', (ms, days) => {
    expect(daysLeft(now, new Date(now.getTime() + ms))).toBe(days)
  })
})
