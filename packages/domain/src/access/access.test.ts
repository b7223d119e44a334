import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '../ids/ids.ts'
import { minuteMs } from '../time/time.ts'
import { accountOf, backoffMs, counterDelta } from './access.ts'
import { isAccountId } from './driver.ts'

describe('an account', () => {
  test('carries our tag and nothing that a panel, a file or a shell could trip over', () => {
    for (let count = 0; count < 100; count++) expect(isAccountId(accountOf(newId('access')))).toBe(true)
    for (const foreign of ['vk', 'vk-', 'VK-abcd', 'anna', 'vk-a b', "vk-';--", 'vk-abcd\n'])
      expect(isAccountId(foreign)).toBe(false)
  })
})

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

describe('a counter', () => {
  test('gives what is new, also after it began again', () => {
    expect(counterDelta(100n, 150n)).toBe(50n)
    expect(counterDelta(100n, 30n)).toBe(30n)
    expect(counterDelta(0n, 0n)).toBe(0n)
  })

  test('that was taken back by a restored copy gives nothing, and then what is new since', () => {
    expect(counterDelta(100n, 30n, { keepsCounters: true })).toBe(0n)
    expect(counterDelta(30n, 45n, { keepsCounters: true })).toBe(15n)
  })
})
