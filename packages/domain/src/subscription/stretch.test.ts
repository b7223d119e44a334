import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMs, dayMs, isBefore, latest } from '../time/time.ts'
import {
  addStretch,
  allowanceLeft,
  bareTerms,
  daysMs,
  lastStretch,
  letUsedUpWait,
  openStretches,
  runningStretch,
  type Stretch,
  type StretchTerms,
} from './stretch.ts'

const start = new Date('2026-11-21T09:00:00Z')
const gib = 1024n ** 3n

const plan = (days: number, gigabytes: bigint | null, deviceLimit: number, isTrial = false): StretchTerms => ({
  planId: `pln_${days}d`,
  isTrial,
  deviceLimit,
  trafficLimitBytes: gigabytes === null ? null : gigabytes * gib,
  lengthMs: daysMs(days),
})
const trial = plan(3, 10n, 2, true)
const year = plan(365, null, 10)
const small = plan(30, 1n, 1)

const after = (days: number) => addMs(start, daysMs(days))
const shown = (queue: readonly Stretch[], now: Date) =>
  openStretches(queue, now).map(({ key, startsAt, endsAt, deviceLimit, trafficLimitBytes }) => ({
    key,
    days: [(startsAt.getTime() - start.getTime()) / dayMs, (endsAt.getTime() - start.getTime()) / dayMs],
    deviceLimit,
    gigabytes: trafficLimitBytes === null ? null : Number(trafficLimitBytes) / Number(gib),
  }))

describe('a plan that is bought', () => {
  test('waits for the running one and changes nothing of it: a day unlimited, then the cheapest for good', () => {
    const queue = addStretch(addStretch([], 'a', plan(1, null, 10), start), 'b', small, start)
    expect(shown(queue, start)).toEqual([
      { key: 'a', days: [0, 1], deviceLimit: 10, gigabytes: null },
      { key: 'b', days: [1, 31], deviceLimit: 1, gigabytes: 1 },
    ])
    expect(runningStretch(queue, after(1))).toMatchObject({ key: 'b', deviceLimit: 1 })
  })

  test('leaves a gift and the trial behind it as they were given', () => {
    const gift = addStretch([], 'gift', year, start)
    const queue = addStretch(addStretch(gift, 'trial', trial, start), 'small', small, start)
    expect(shown(queue, after(1)).map(({ key, deviceLimit }) => [key, deviceLimit])).toEqual([
      ['gift', 10],
      ['trial', 2],
      ['small', 1],
    ])
  })

  test('starts at once during a trial, whose time follows under the limits of what was bought', () => {
    const queue = addStretch(addStretch([], 'trial', trial, start), 'small', small, after(1.5))
    expect(shown(queue, after(1.5))).toEqual([
      { key: 'small', days: [1.5, 31.5], deviceLimit: 1, gigabytes: 1 },
      { key: 'rest:small', days: [31.5, 33], deviceLimit: 1, gigabytes: expect.closeTo(0.05) },
    ])
  })
})

describe('bare days', () => {
  test('bring an allowance in proportion, never none', () => {
    expect(bareTerms(daysMs(7), plan(30, 10n, 3)).trafficLimitBytes).toBe((10n * gib * 7n + 29n) / 30n)
    expect(bareTerms(1, { ...small, trafficLimitBytes: 1n }).trafficLimitBytes).toBe(1n)
    expect(bareTerms(daysMs(7), year).trafficLimitBytes).toBeNull()
  })
})

describe('an allowance that is used up', () => {
  const used = (queue: readonly Stretch[], key: string): Stretch[] =>
    queue.map((one) => (one.key === key ? { ...one, trafficUsedBytes: one.trafficLimitBytes ?? 0n } : one))

  test('lets the next stretch start at once, and the time that is left of it waits at the end', () => {
    const queue = addStretch(addStretch([], 'a', small, start), 'b', small, start)
    const moved = letUsedUpWait(used(queue, 'a'), after(10))
    expect(shown(moved, after(10)).map(({ key, days }) => [key, days])).toEqual([
      ['b', [10, 40]],
      ['a', [40, 60]],
    ])
  })

  test('stays where nothing better waits', () => {
    const queue = used(addStretch([], 'a', small, start), 'a')
    expect(letUsedUpWait(queue, after(10))).toEqual(queue)
  })

  test('of a trial that is over does not spoil a friend’s bonus', () => {
    const ended = used(addStretch([], 'trial', trial, start), 'trial')
    const queue = addStretch(ended, 'bonus', bareTerms(daysMs(7), lastStretch(ended)!), after(5))
    const running = runningStretch(queue, after(5))!
    expect(running.key).toBe('bonus')
    expect(allowanceLeft(running)).toBe((10n * gib * 7n + 2n) / 3n)
  })
})

describe('whatever is bought, given and used, and however time passes', () => {
  const terms = fc.record({
    planId: fc.constant('pln_any' as const),
    isTrial: fc.boolean(),
    lengthMs: fc.integer({ min: 1, max: 400 * dayMs }),
    trafficLimitBytes: fc.option(fc.bigInt({ min: 1n, max: 10n ** 12n })),
    deviceLimit: fc.integer({ min: 1, max: 10 }),
  })
  const step = fc.oneof(
    fc.record({ kind: fc.constant('buy' as const), terms }),
    fc.record({ kind: fc.constant('bare' as const), days: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 100 * dayMs }) }),
    fc.record({ kind: fc.constant('use' as const), bytes: fc.bigInt({ min: 0n, max: 10n ** 12n }) }),
  )
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
  const steps = fc.array(step, { maxLength: 25 })

  interface World {
    readonly queue: Stretch[]
    readonly now: Date
    /** Time that passed under each key. */
    readonly passedMs: ReadonlyMap<string, number>
    readonly granted: ReadonlyMap<string, StretchTerms>
    readonly usedBytes: bigint
  }

  const timeLeft = (queue: readonly Stretch[], now: Date) =>
    openStretches(queue, now).reduce((sum, one) => sum + one.endsAt.getTime() - latest(now, one.startsAt).getTime(), 0)

  const add = (world: World, key: string, of: StretchTerms): World => {
    const queue = addStretch(world.queue, key, of, world.now)
    const end = lastStretch(world.queue)?.endsAt ?? world.now
    expect(lastStretch(queue)?.endsAt).toEqual(addMs(latest(world.now, end), of.lengthMs))
    expect(timeLeft(queue, world.now)).toBe(timeLeft(world.queue, world.now) + of.lengthMs)
    return { ...world, queue, granted: new Map(world.granted).set(key, of) }
  }

  /** Stretch by stretch, so that it is known under which of them the time went. */
  const pass = (world: World, ms: number): World => {
    const until = addMs(world.now, ms)
    const passedMs = new Map(world.passedMs)
    for (const { key, startsAt, endsAt } of openStretches(world.queue, world.now)) {
      const from = latest(world.now, startsAt)
      const to = isBefore(endsAt, until) ? endsAt : until
      if (isBefore(from, to)) passedMs.set(key, (passedMs.get(key) ?? 0) + to.getTime() - from.getTime())
    }
    return { ...world, now: until, passedMs }
  }

  const use = (world: World, bytes: bigint): World => {
    const running = runningStretch(world.queue, world.now)
    if (!running) return world
    const queue = world.queue.map((one) =>
      one === running ? { ...one, trafficUsedBytes: one.trafficUsedBytes + bytes } : one,
    )
    const moved = letUsedUpWait(queue, world.now)
    expect(timeLeft(moved, world.now)).toBe(timeLeft(queue, world.now))
    return { ...world, queue: moved, usedBytes: world.usedBytes + bytes }
  }

  const take = (world: World, one: Step, at: number): World => {
    if (one.kind === 'buy') return add(world, `s${at}`, one.terms)
    if (one.kind === 'pass') return pass(world, one.ms)
    if (one.kind === 'use') return use(world, one.bytes)
    const base = lastStretch(world.queue)
    return base ? add(world, `s${at}`, bareTerms(daysMs(one.days), base)) : world
  }

  const play = (list: readonly Step[]): World =>
    list.reduce<World>(take, { queue: [], now: start, passedMs: new Map(), granted: new Map(), usedBytes: 0n })

  test('no second is lost or made: what passed and what is left is what was granted', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { queue, now, passedMs, granted } = play(list)
        const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
        const total = sum([...granted.values()].map(({ lengthMs }) => lengthMs))
        expect(sum(passedMs.values()) + timeLeft(queue, now)).toBe(total)
        for (const { key, isTrial, lengthMs, startsAt, endsAt } of openStretches(queue, now)) {
          const left = endsAt.getTime() - latest(now, startsAt).getTime()
          if (!isTrial) expect((passedMs.get(key) ?? 0) + left).toBe(lengthMs)
        }
      }),
    )
  })

  test('no byte or device is lost or made: each stretch keeps what it was granted with', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { queue, granted, usedBytes } = play(list)
        for (const stretch of queue) {
          const of = granted.get(stretch.key)
          if (!of) continue // What is left of a trial: see the next law.
          expect(stretch.deviceLimit).toBe(of.deviceLimit)
          expect(stretch.trafficLimitBytes).toBe(of.trafficLimitBytes)
        }
        expect(queue.reduce((sum, { trafficUsedBytes }) => sum + trafficUsedBytes, 0n)).toBe(usedBytes)
        expect(new Set(queue.map(({ key }) => key)).size).toBe(queue.length)
      }),
    )
  })

  test('what is left of a trial has the limits of what was bought and an allowance in proportion', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { queue, granted } = play(list)
        for (const stretch of queue.filter(({ key }) => key.startsWith('rest:'))) {
          const bought = granted.get(stretch.key.slice('rest:'.length))!
          expect(stretch.deviceLimit).toBe(bought.deviceLimit)
          expect(stretch.trafficLimitBytes).toBe(bareTerms(stretch.lengthMs, bought).trafficLimitBytes)
        }
      }),
    )
  })

  test('the queue has no gap and no overlap, and nobody sits cut off while an allowance waits', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { queue, now } = play(list)
        const open = openStretches(queue, now)
        open.slice(1).forEach((one, at) => {
          expect(one.startsAt).toEqual(open[at]?.endsAt)
        })
        if (open[0]) expect(isBefore(now, open[0].startsAt)).toBe(false)
        const after = letUsedUpWait(queue, now)
        const first = runningStretch(after, now)
        if (first && allowanceLeft(first) === 0n)
          expect(openStretches(after, now).every((one) => allowanceLeft(one) === 0n)).toBe(true)
      }),
    )
  })
})
