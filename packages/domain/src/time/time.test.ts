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
