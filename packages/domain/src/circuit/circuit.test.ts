import { expect, test } from 'vitest'
import { addMs } from '../time/time.ts'
import { adviseCircuit, afterFailure, afterSuccess, type Circuit, closedCircuit, startAttempt } from './circuit.ts'

const limits = { failures: 3, restMs: 10_000, longestRestMs: 60_000 }
const start = new Date('2026-11-26T10:00:00Z')
const at = (ms: number) => addMs(start, ms)

const failed = (times: number, now = start, from: Circuit = closedCircuit): Circuit =>
  Array.from({ length: times }).reduce<Circuit>((circuit) => afterFailure(circuit, limits, now), from)

test('a party is asked until it has failed so often in a row', () => {
  expect(adviseCircuit(failed(2), start)).toBe('ask')
  expect(adviseCircuit(failed(3), start)).toBe('rest')
})

test('a success ends the count', () => {
  expect(adviseCircuit(failed(2, start, afterSuccess()), start)).toBe('ask')
})

test('after the rest one call is let through, and no second with it', () => {
  const open = failed(3)
  expect(adviseCircuit(open, at(9_999))).toBe('rest')
  expect(adviseCircuit(open, at(10_000))).toBe('try')
  const tried = startAttempt(open, at(10_000), 5_000)
  expect(adviseCircuit(tried, at(10_001))).toBe('rest')
  expect(adviseCircuit(tried, at(15_000))).toBe('try')
})

test('each rest is twice as long as the one before, up to the longest', () => {
  let circuit = failed(3)
  let now = start
  const rests = []
  for (let round = 0; round < 5; round += 1) {
    const until = circuit.restsUntil ?? now
    rests.push(until.getTime() - now.getTime())
    now = until
    circuit = afterFailure(startAttempt(circuit, now, 5_000), limits, now)
  }
  expect(rests).toEqual([10_000, 20_000, 40_000, 60_000, 60_000])
})

test('failures of calls that were out when the rest began do not lengthen it', () => {
  expect(failed(20).restsUntil).toEqual(at(10_000))
})

test('a rest that began while the clock was ahead is over when the clock is right again', () => {
  const ahead = failed(3, at(30 * 86_400_000))
  expect(adviseCircuit(ahead, at(30 * 86_400_000))).toBe('rest')
  expect(adviseCircuit(ahead, start)).toBe('ask')
  expect(adviseCircuit(afterFailure(ahead, limits, start), start)).toBe('rest')
})
