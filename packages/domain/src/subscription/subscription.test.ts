import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayMs } from '../time/time.ts'
import { extendedEnd, mergedLimits, standingOf } from './subscription.ts'

const now = new Date('2026-11-21T09:00:00Z')
const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const days = fc.integer({ min: 1, max: 400 })

describe('extending', () => {
  test('never loses a paid second: the end is at least the old end and at least now, plus the days', () => {
    fc.assert(
      fc.property(instant, fc.option(instant), days, (at, end, count) => {
        const extended = extendedEnd(at, end, count)
        expect(extended.getTime()).toBe(Math.max(at.getTime(), end?.getTime() ?? 0) + count * dayMs)
      }),
    )
  })

  test('a plan bought twice lasts twice as long', () => {
    expect(extendedEnd(now, extendedEnd(now, null, 30), 30)).toEqual(addDays(now, 60))
  })
})

describe('limits', () => {
  const bytes = fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n }))

  test('never shrink what is left while time is left', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        bytes,
        fc.nat(10),
        fc.nat(10),
        (limit, usedBytes, bought, devices, boughtDevices) => {
          const merged = mergedLimits(
            { trafficLimitBytes: limit, deviceLimit: devices, usedBytes },
            { trafficLimitBytes: bought, deviceLimit: boughtDevices },
            true,
          )
          expect(merged.deviceLimit).toBe(Math.max(devices, boughtDevices))
          if (limit === null || bought === null) {
            expect(merged.trafficLimitBytes).toBeNull()
            return
          }
          const left = limit > usedBytes ? limit - usedBytes : 0n
          expect(merged.trafficLimitBytes! - usedBytes).toBe(left + bought)
        },
      ),
    )
  })

  test('start from the plan’s own once the time had run out', () => {
    const merged = mergedLimits(
      { trafficLimitBytes: null, deviceLimit: 9, usedBytes: 70n },
      { trafficLimitBytes: 100n, deviceLimit: 3 },
      false,
    )
    expect(merged).toEqual({ trafficLimitBytes: 170n, deviceLimit: 3 })
  })
})

describe('standing', () => {
  const running = { state: 'active', endsAt: addDays(now, 1), trafficLimitBytes: null, trafficUsedBytes: 0n } as const

  test.each([
    ['active', running],
    ['expired', { ...running, endsAt: now }],
    ['expired', { ...running, state: 'expired' }],
    ['suspended', { ...running, state: 'suspended' }],
    ['none', { ...running, state: 'pending', endsAt: null }],
    ['traffic_used_up', { ...running, trafficLimitBytes: 5n, trafficUsedBytes: 5n }],
  ] as const)('is %s', (standing, entitlement) => {
    expect(standingOf(entitlement, now)).toBe(standing)
  })
})
