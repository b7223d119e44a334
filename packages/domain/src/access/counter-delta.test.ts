import { describe, expect, test } from 'vitest'
import { counterDelta } from './counter-delta.ts'

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
