import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMs, dayMs } from '../time/time.ts'
import { addStretch, lastStretch, openStretches, runningStretch, type Stretch } from './stretch.ts'
import { remainingMsOf, shortenStretch, takeBackStretch } from './take-back.ts'

const start = new Date('2026-11-21T09:00:00Z')
const terms = (days: number) => ({
  planId: null,
  isTrial: false,
  lengthMs: days * dayMs,
  trafficLimitBytes: null,
  deviceLimit: 3,
})
const queueOf = (days: readonly number[]): Stretch[] =>
  days.reduce<Stretch[]>((queue, one, index) => addStretch(queue, `s${index}`, terms(one), start), [])

test('what waits goes whole, and the end comes as much earlier', () => {
  const queue = takeBackStretch(queueOf([30, 7]), 's1', start)!
  expect(lastStretch(queue)?.endsAt).toEqual(addMs(start, 30 * dayMs))
  expect(openStretches(queue, start).map(({ key }) => key)).toEqual(['s0'])
})

test('what runs ends now, and what waits behind it starts now', () => {
  const now = addMs(start, 2 * dayMs)
  const queue = takeBackStretch(queueOf([7, 30]), 's0', now)!
  expect(runningStretch(queue, now)).toMatchObject({ key: 's1', startsAt: now, endsAt: addMs(now, 30 * dayMs) })
})

test('the only stretch ends now, never before', () => {
  const now = addMs(start, dayMs)
  expect(lastStretch(takeBackStretch(queueOf([7]), 's0', now)!)?.endsAt).toEqual(now)
})

test('what has ended, was taken back before or never was cannot be taken back', () => {
  const once = takeBackStretch(queueOf([30, 7]), 's1', start)!
  expect(takeBackStretch(once, 's1', start)).toBeNull()
  expect(takeBackStretch(queueOf([7]), 's0', addMs(start, 7 * dayMs))).toBeNull()
  expect(takeBackStretch(queueOf([7]), 'other', start)).toBeNull()
})

test('no second of any other stretch is lost or made, and the queue stays without a gap', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }),
      fc.nat(7),
      fc.nat(400),
      (days, at, passed) => {
        const queue = queueOf(days)
        const now = addMs(start, passed * dayMs + 1)
        const key = `s${at}`
        const before = openStretches(queue, now)
        const after = takeBackStretch(queue, key, now)
        if (!after) {
          expect(before.map((one) => one.key)).not.toContain(key)
          return
        }
        const rest = (stretches: readonly Stretch[]) =>
          openStretches(stretches, now)
            .filter((one) => one.key !== key)
            .map((one) => [one.key, one.endsAt.getTime() - Math.max(now.getTime(), one.startsAt.getTime())])
        expect(rest(after)).toEqual(rest(queue))
        const open = openStretches(after, now)
        for (const [index, one] of open.slice(1).entries()) expect(one.startsAt).toEqual(open[index]?.endsAt)
      },
    ),
  )
})

test('a part of a stretch is taken from its end, and never more than is left', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }),
      fc.nat(5),
      fc.nat(400),
      fc.integer({ min: 0, max: 500 * dayMs }),
      (days, at, passed, ms) => {
        const queue = queueOf(days)
        const now = addMs(start, passed * dayMs + 1)
        const whole = (stretches: readonly Stretch[]) =>
          openStretches(stretches, now).reduce((sum, one) => sum + remainingMsOf(one, now), 0)
        const target = openStretches(queue, now).find(({ key }) => key === `s${at}`)
        const after = shortenStretch(queue, `s${at}`, ms, now)
        const takenMs = target ? Math.min(ms, remainingMsOf(target, now)) : 0
        expect(whole(after ?? queue)).toBe(whole(queue) - takenMs)
        expect(after === null).toBe(takenMs === 0)
      },
    ),
  )
})
