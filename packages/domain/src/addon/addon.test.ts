import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addGrace, graceKey } from '../subscription/grace.ts'
import { bareTerms, type Stretch } from '../subscription/stretch.ts'
import { addMs, dayMs } from '../time/time.ts'
import { type AddonSize, addonLengthMs, addonSpanOf, fitsStretch, putAddon, takeAddon, takenOf } from './addon.ts'

const now = new Date('2026-11-27T12:00:00Z')
const month: Stretch = {
  key: 'payment:pay_month',
  planId: 'pln_month',
  isTrial: false,
  startsAt: addMs(now, -10 * dayMs),
  endsAt: addMs(now, 20 * dayMs),
  lengthMs: 30 * dayMs,
  trafficLimitBytes: 50n * 1024n ** 3n,
  trafficUsedBytes: 0n,
  deviceLimit: 3,
}
const size = fc.record<AddonSize>({
  kind: fc.constantFrom('devices' as const, 'traffic' as const),
  amount: fc.integer({ min: 1, max: 20 }),
})

test('what add-ons gave and refunds took leaves the stretch as it was, and bare days never have any of it', () => {
  fc.assert(
    fc.property(fc.array(size, { maxLength: 5 }), (sizes) => {
      const raised = sizes.reduce((queue, one) => putAddon(queue, month.key, one, now), [month])
      expect(bareTerms(month.lengthMs, raised[0]!)).toEqual(bareTerms(month.lengthMs, month))
      const [back] = sizes.reduce((queue, one) => takeAddon(queue, month.key, one, now), raised)
      expect([back!.deviceLimit, back!.trafficLimitBytes]).toEqual([month.deviceLimit, month.trafficLimitBytes])
    }),
  )
})

test('refunds take no more than their share, all together all of it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.bigInt(1n, 100_000n),
      fc.bigInt(0n, 200_000n),
      (amount, price, sum) => {
        const taken = takenOf(amount, sum, price)
        expect(taken).toBeLessThanOrEqual(amount)
        if (sum >= price) expect(taken).toBe(amount)
        else expect(BigInt(taken) * price).toBeLessThanOrEqual(BigInt(amount) * sum)
      },
    ),
  )
})

test('a price is earned over what was left, and in the same share of a stretch that another plan made shorter', () => {
  const span = addonSpanOf(month, now)
  expect(span.restMs).toBe(20 * dayMs)
  expect(addonLengthMs(span, month)).toBe(20 * dayMs)
  expect(addonLengthMs(span, { lengthMs: 15 * dayMs })).toBe(10 * dayMs)
})

test('trials, lent time and time without a plan have none, and time without a limit none of traffic', () => {
  const devices = { kind: 'devices', amount: 1 } as const
  const traffic = { kind: 'traffic', amount: 1 } as const
  expect([fitsStretch(devices, month), fitsStretch(traffic, month)]).toEqual([true, true])
  expect(fitsStretch(traffic, { ...month, trafficLimitBytes: null })).toBe(false)
  expect(fitsStretch(devices, { ...month, isTrial: true })).toBe(false)
  expect(fitsStretch(devices, { ...month, planId: null })).toBe(false)
  expect(fitsStretch(devices, { ...month, deviceLimit: 100 })).toBe(false)
  const lent = addGrace([month], graceKey('sub_a', month.endsAt), 24)!.at(-1)!
  expect(fitsStretch(devices, lent)).toBe(false)
})
