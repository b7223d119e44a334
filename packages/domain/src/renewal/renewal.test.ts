import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { addMs, hourMs, minuteMs } from '../time/time.ts'
import {
  chargeOf,
  dueStep,
  nextChargeAt,
  nextStepAt,
  type RenewalStep,
  renewalSchedule,
  renewalSteps,
} from './renewal.ts'

const end = new Date('2026-12-21T12:00:00Z')
const at = (hours: number) => addMs(end, hours * hourMs)

test('the steps are taken one after another, each at its time', () => {
  const taken: [RenewalStep, number][] = []
  let done: RenewalStep | null = null
  for (let now = at(-100); now < at(40); now = addMs(now, 10 * minuteMs)) {
    const due = dueStep(end, done, now)
    if (!due || due === 'over') continue
    taken.push([due, (now.getTime() - end.getTime()) / hourMs])
    done = due
  }
  expect(taken).toEqual([
    ['announce_3d', -72],
    ['announce_1d', -24],
    ['try_12h', -12],
    ['try_6h', -6],
    ['try_1h', -1],
    ['try_late', 24],
  ])
})

test('the schedule stands in the order of its steps', () => {
  const times = renewalSteps.map((step) => renewalSchedule[step].atMs)
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

test('of steps that were missed only the latest is taken, and none long after the last', () => {
  expect(dueStep(end, 'announce_3d', at(-2))).toBe('try_6h')
  expect(dueStep(end, null, at(30))).toBe('try_late')
  expect(dueStep(end, 'try_1h', at(49))).toBe('over')
})

test('what comes next is known after each step', () => {
  expect(nextStepAt(end, null)).toEqual(at(-72))
  expect(nextStepAt(end, 'try_1h')).toEqual(at(24))
  expect(nextStepAt(end, 'try_late')).toEqual(at(48))
  expect(nextChargeAt(end, null)).toEqual(at(-12))
  expect(nextChargeAt(end, 'announce_1d')).toEqual(at(-12))
  expect(nextChargeAt(end, 'try_6h')).toEqual(at(-1))
  expect(nextChargeAt(end, 'try_late')).toBeNull()
})

test('never more is taken than was announced, and less when the price fell', () => {
  const announced = money(29_900n, 'RUB')
  expect(chargeOf(money(39_900n, 'RUB'), announced)).toEqual(announced)
  expect(chargeOf(money(19_900n, 'RUB'), announced)).toEqual(money(19_900n, 'RUB'))
  expect(chargeOf(money(500n, 'USD'), announced)).toBeNull()
  expect(chargeOf(announced, null)).toBeNull()
})
