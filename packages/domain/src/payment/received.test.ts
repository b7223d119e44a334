import fc from 'fast-check'
import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { isReadable, readReceived } from './received.ts'

test('an exact amount is money', () => {
  expect(readReceived('179.00', 'RUB')).toEqual(money(17_900, 'RUB'))
  expect(readReceived('179.0000', 'RUB')).toEqual(money(17_900, 'RUB'))
})

test.each([
  ['1200.00', 'KZT', '1200.00 KZT'],
  ['1.5', 'TON', '1.5 TON'],
  ['178.999', 'RUB', '178.999 RUB'],
  ['-179.00', 'RUB', '-179.00 RUB'],
  ['1'.repeat(31), 'RUB', `${'1'.repeat(31)} RUB`],
  ['', 'RUB', 'RUB'],
  ['', '', '(nothing)'],
  ['179\u0000.00', 'RUB', '179 .00 RUB'],
  ['1e3', 'RUB', '1e3 RUB'],
  ['1,00', 'RUB', '1,00 RUB'],
])('%j %s is kept as it was written', (value, currency, raw) => {
  expect(readReceived(value, currency)).toEqual({ raw })
})

test('nothing makes it throw, and what is kept is short and printable', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.oneof(fc.constant('RUB'), fc.string({ unit: 'binary' })),
      (value, currency) => {
        const received = readReceived(value, currency)
        if (isReadable(received)) return
        expect(received.raw.length).toBeLessThanOrEqual(80)
        expect(received.raw).not.toBe('')
        expect(received.raw).not.toMatch(/\p{Cc}/u)
        expect(received.raw.isWellFormed()).toBe(true)
      },
    ),
  )
})
