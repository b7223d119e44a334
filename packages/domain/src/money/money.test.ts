import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addMoney,
  addPercent,
  type Currency,
  compareMoney,
  currencyDigits,
  equalMoney,
  money,
  moneyFromDecimal,
  moneyToDecimal,
  subtractMoney,
} from './money.ts'

const currency = fc.constantFrom(...(Object.keys(currencyDigits) as Currency[]))
/** Whatever a `bigint` column holds. */
const most = 2n ** 63n - 1n
const minor = fc.bigInt({ min: -most, max: most })

describe('money', () => {
  test('is spelled and read back without losing a kopeck, in every currency', () => {
    fc.assert(
      fc.property(minor, currency, (amount, unit) => {
        const spelled = moneyToDecimal(money(amount, unit))
        expect(equalMoney(moneyFromDecimal(spelled, unit), money(amount, unit))).toBe(true)
      }),
    )
  })

  test('adds and subtracts as whole numbers do', () => {
    fc.assert(
      fc.property(minor, minor, currency, (a, b, unit) => {
        const sum = addMoney(money(a, unit), money(b, unit))
        expect(sum.minor).toBe(a + b)
        expect(subtractMoney(sum, money(b, unit)).minor).toBe(a)
      }),
    )
  })

  test('of two currencies is never combined or compared', () => {
    const [roubles, dollars] = [money(1, 'RUB'), money(1, 'USD')]
    for (const combine of [addMoney, subtractMoney, compareMoney])
      expect(() => combine(roubles, dollars)).toThrow(TypeError)
    expect(equalMoney(roubles, dollars)).toBe(false)
  })

  test.each([
    ['299', 29900n],
    ['299.0', 29900n],
    ['299.00', 29900n],
    ['0.01', 1n],
    ['-1.50', -150n],
    ['1229.000000', 122900n],
  ])('reads %s roubles as %s kopecks', (text, kopecks) => {
    expect(moneyFromDecimal(text, 'RUB').minor).toBe(kopecks)
  })

  test.each([
    '',
    ' ',
    '1,50',
    '1e3',
    '0.001',
    '299.999',
    '1.',
    '.5',
    '0x10',
    'NaN',
    '--1',
    '1 000',
    '92233720368547758.08',
  ])('refuses %j rather than round it', (text) => {
    expect(() => moneyFromDecimal(text, 'RUB')).toThrow(RangeError)
  })
})

test('a percentage is rounded up to the minor unit, and never to a float', () => {
  expect(addPercent(money(29_900n, 'RUB'), 5)).toEqual(money(31_395n, 'RUB'))
  expect(addPercent(money(101n, 'RUB'), 1)).toEqual(money(103n, 'RUB'))
  expect(addPercent(money(1n, 'XTR'), -50)).toEqual(money(1n, 'XTR'))
  expect(addPercent(money(2n ** 53n + 1n, 'RUB'), 0)).toEqual(money(2n ** 53n + 1n, 'RUB'))
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 15n), fc.integer({ min: -50, max: 50 }), (minor, percent) => {
      const { minor: result } = addPercent(money(minor, 'RUB'), percent)
      const exact = minor * BigInt(100 + percent)
      expect(result * 100n - exact).toBeGreaterThanOrEqual(0n)
      expect(result * 100n - exact).toBeLessThan(100n)
      expect(result).toBeGreaterThan(0n)
    }),
  )
})
