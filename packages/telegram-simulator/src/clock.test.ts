import { expect, test } from 'vitest'
import { createSimulatedClock } from './clock.ts'

const start = new Date('2026-10-01T10:00:00Z')

test('a frozen clock moves only when it is told to', () => {
  const clock = createSimulatedClock(start, { frozen: true })
  expect(clock.now()).toEqual(start)
  clock.advance(3_600_000)
  expect(clock.now()).toEqual(new Date('2026-10-01T11:00:00Z'))
  clock.set(start)
  expect(clock.now()).toEqual(start)
})

test('a running clock goes on from where it was set', () => {
  const clock = createSimulatedClock(start)
  clock.advance(1_000)
  const sinceStartMs = clock.now().getTime() - start.getTime()
  expect(sinceStartMs).toBeGreaterThanOrEqual(1_000)
  expect(sinceStartMs).toBeLessThan(5_000)
})
