import fc from 'fast-check'
import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { judgeDifference } from './difference.ts'

const rub = (minor: number) => money(minor, 'RUB')

test.each([
  ['the same', 29_900, 0, { received: rub(29_900), refunded: null }, { kind: 'same' }],
  [
    'a part given back here and there',
    29_900,
    9_900,
    { received: rub(20_000), refunded: rub(9_900) },
    { kind: 'same' },
  ],
  ['more given back there', 29_900, 0, { received: rub(0), refunded: rub(29_900) }, { kind: 'same' }],
  ['nothing there', 29_900, 0, null, { kind: 'missing', missing: rub(29_900), there: '0.00 RUB' }],
  ['nothing anywhere', 0, 0, null, { kind: 'same' }],
  [
    'less',
    29_900,
    0,
    { received: rub(100), refunded: null },
    { kind: 'less', missing: rub(29_800), there: '1.00 RUB' },
  ],
  ['more', 100, 0, { received: rub(50), refunded: rub(250) }, { kind: 'more', came: rub(300) }],
  [
    'another currency',
    100,
    0,
    { received: money(100, 'USD'), refunded: null },
    { kind: 'unlike', missing: null, there: '1.00 USD' },
  ],
  [
    'no sum at all',
    100,
    0,
    { received: { raw: '1 TON' }, refunded: null },
    { kind: 'unlike', missing: null, there: '1 TON' },
  ],
  [
    'a refund that never was',
    100,
    100,
    { received: rub(100), refunded: null },
    { kind: 'refund_missing', missing: rub(100), there: '0.00 RUB' },
  ],
] as const)('%s', (_, came, refunded, there, expected) => {
  expect(judgeDifference({ came: rub(came), refunded: rub(refunded) }, there)).toEqual(expected)
})

test('what is missing there and what is there are what the books have', () => {
  const sum = fc.integer({ min: 0, max: 1e9 })
  fc.assert(
    fc.property(sum, sum, sum, (came, received, refunded) => {
      const there = { received: rub(received), refunded: rub(refunded) }
      const judged = judgeDifference({ came: rub(came), refunded: rub(0) }, there)
      if (judged.kind === 'less') expect(judged.missing?.minor).toBe(BigInt(came - received - refunded))
      else if (judged.kind === 'more') expect(judged.came.minor).toBe(BigInt(received + refunded))
      else expect(received + refunded).toBe(came)
    }),
  )
})
