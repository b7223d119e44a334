import { describe, expect, test } from 'vitest'
import { addDays } from '../time/time.ts'
import { standingOf } from './subscription.ts'

const now = new Date('2026-11-21T09:00:00Z')

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
