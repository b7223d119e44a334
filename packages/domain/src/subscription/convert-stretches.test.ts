import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlanId } from '../ids/ids.ts'
import { addMs, dayMs } from '../time/time.ts'
import { type ConversionRate, convertStretches } from './convert-stretches.ts'
import { addStretch, allowanceLeft, lastStretch, runningStretch, type Stretch } from './stretch.ts'
import { remainingMsOf } from './take-back.ts'

const start = new Date('2026-11-21T09:00:00Z')
const gb = 10n ** 9n
const target = (id: string, trafficLimitBytes: bigint | null = null, deviceLimit = 5) => ({
  planId: id as PlanId,
  lengthMs: 30 * dayMs,
  trafficLimitBytes,
  deviceLimit,
})
const bought = (days: number, trafficLimitBytes: bigint | null = null, key = 'payment:a') =>
  addStretch([], key, { ...target('basic', trafficLimitBytes, 1), isTrial: false, lengthMs: days * dayMs }, start)
const half: ConversionRate = { numerator: 1n, denominator: 2n }
const ratesOf = (rate: ConversionRate, ...keys: string[]) => new Map(keys.map((key) => [key, rate]))

test('what is left becomes as much time as its value buys, at once, under the other limits', () => {
  const now = addMs(start, 10 * dayMs)
  const queue = convertStretches(bought(30), ratesOf(half, 'payment:a'), target('family'), now)
  expect(runningStretch(queue, now)).toMatchObject({
    planId: 'family',
    deviceLimit: 5,
    startsAt: start,
    endsAt: addMs(now, 10 * dayMs),
    lengthMs: 15 * dayMs,
  })
})

test('what waits without a rate keeps its limits and its time, and follows', () => {
  const other = { ...target('other', null, 2), isTrial: false }
  const queue = addStretch(bought(30), 'payment:b', other, start)
  const after = convertStretches(queue, ratesOf(half, 'payment:a'), target('family'), start)
  expect(lastStretch(after)).toMatchObject({ planId: 'other', deviceLimit: 2, startsAt: addMs(start, 15 * dayMs) })
  expect(remainingMsOf(lastStretch(after)!, start)).toBe(30 * dayMs)
})

test('the used share of an allowance stays used', () => {
  const used = bought(30, 100n * gb).map((one) => ({ ...one, trafficUsedBytes: 40n * gb }))
  const [after] = convertStretches(used, ratesOf(half, 'payment:a'), target('family', 400n * gb), start)
  expect(after).toMatchObject({ trafficLimitBytes: 200n * gb, trafficUsedBytes: 80n * gb })
})

test('of a plan without a limit the passed time counts as used, or what was carried if that is more', () => {
  const now = addMs(start, 15 * dayMs)
  const change = (carried: bigint) => {
    const queue = bought(30).map((one) => ({ ...one, trafficUsedBytes: carried }))
    return convertStretches(
      queue,
      ratesOf({ numerator: 1n, denominator: 1n }, 'payment:a'),
      target('small', 100n * gb),
      now,
    )[0]
  }
  expect(change(1n)).toMatchObject({ trafficLimitBytes: 100n * gb, trafficUsedBytes: 50n * gb })
  expect(change(70n * gb)).toMatchObject({ trafficUsedBytes: 70n * gb })
  expect(change(700n * gb)).toMatchObject({ trafficUsedBytes: 100n * gb })
})

test('an allowance that was carried is not paid back as unlimited time', () => {
  const queue = bought(30, 100n * gb).map((one) => ({ ...one, trafficUsedBytes: 90n * gb }))
  const now = addMs(start, 2 * dayMs)
  const after = convertStretches(queue, ratesOf({ numerator: 1n, denominator: 1n }, 'payment:a'), target('free'), now)
  expect(lastStretch(after)!.endsAt).toEqual(addMs(now, 3 * dayMs))
})

const rate = fc.record({ numerator: fc.bigInt(1n, 10n ** 7n), denominator: fc.bigInt(1n, 10n ** 7n) })
const limit = fc.option(fc.bigInt(1n, 10n ** 12n), { nil: null })

test('to and fro makes no time and no allowance', () => {
  fc.assert(
    fc.property(
      rate,
      limit,
      limit,
      fc.bigInt(0n, 10n ** 12n),
      fc.integer({ min: 0, max: 29 * dayMs }),
      (there, limitA, limitB, carried, passed) => {
        const now = addMs(start, passed)
        const used = limitA === null || carried < limitA ? carried : limitA
        const queue = bought(30, limitA).map((one) => ({ ...one, trafficUsedBytes: used }))
        const back = { numerator: there.denominator, denominator: there.numerator }
        const away = convertStretches(queue, ratesOf(there, 'payment:a'), target('b', limitB), now)
        const home = convertStretches(away, ratesOf(back, 'payment:a'), target('basic', limitA, 1), now)
        const [before, after] = [queue[0]!, home[0]!] as [Stretch, Stretch]
        expect(remainingMsOf(after, now)).toBeLessThanOrEqual(remainingMsOf(before, now))
        // One that ended on the way is not converted back.
        if (remainingMsOf(away[0]!, now) > 0) expect(after.lengthMs).toBeLessThanOrEqual(before.lengthMs)
        const [had, has] = [allowanceLeft(before), allowanceLeft(after)]
        if (had !== null) expect(has! <= had).toBe(true)
      },
    ),
  )
})
