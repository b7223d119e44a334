import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { judgeReceived } from '../payment/payment.ts'
import { assertBalanced, deferredOf, divideRefund, refundPosting, salePosting, suspensePosting } from './ledger.ts'

const amount = fc.bigInt({ min: 1n, max: 10n ** 12n })

describe('a posting', () => {
  test('of any sale sums to zero, and owes the whole price as time', () => {
    fc.assert(
      fc.property(amount, fc.option(amount), fc.option(amount), (price, surplus, fee) => {
        const entries = salePosting({
          provider: 'yookassa',
          customer: 'cus_anna',
          price: money(price, 'RUB'),
          surplus: surplus === null ? null : money(surplus, 'RUB'),
          fee: fee === null ? null : money(fee, 'USDT'),
        })
        expect(() => assertBalanced(entries)).not.toThrow()
        expect(
          entries.filter((entry) => entry.account === 'deferred').reduce((sum, entry) => sum + entry.amount.minor, 0n),
        ).toBe(-price)
      }),
    )
    expect(() => assertBalanced(suspensePosting('yookassa', money(5, 'USD')))).not.toThrow()
  })

  test('of any refund sums to zero, and no part is taken that is not there', () => {
    const left = fc.bigInt({ min: 0n, max: 10n ** 12n })
    fc.assert(
      fc.property(left, left, left, left, (ofPrice, ofSurplus, deferred, balance) => {
        const refund = ofPrice + ofSurplus
        const parts = divideRefund(money(refund, 'RUB'), { ofSurplus, deferred, balance })
        for (const part of [parts.deferred, parts.passed, parts.balance]) expect(part.minor >= 0n).toBe(true)
        expect(parts.deferred.minor + parts.passed.minor + parts.balance.minor).toBe(refund)
        expect(parts.deferred.minor <= deferred && parts.balance.minor <= balance).toBe(true)
        expect(() => assertBalanced(refundPosting('yookassa', 'cus_anna', parts))).not.toThrow()
      }),
    )
  })

  test('that is off by one, or mixes currencies to look even, is refused', () => {
    expect(() =>
      assertBalanced([
        { account: 'revenue', amount: money(-2, 'RUB') },
        { account: 'suspense', amount: money(1, 'RUB') },
      ]),
    ).toThrow(/off by/)
    expect(() =>
      assertBalanced([
        { account: 'revenue', amount: money(-1, 'RUB') },
        { account: 'suspense', amount: money(1, 'USD') },
      ]),
    ).toThrow(/off by/)
  })
})

describe('what was received', () => {
  test('is exact, over or a mismatch, and the parts always add up', () => {
    fc.assert(
      fc.property(amount, amount, (asked, received) => {
        const judgement = judgeReceived(money(asked, 'RUB'), money(received, 'RUB'))
        if (judgement.kind === 'over') expect(judgement.surplus.minor).toBe(received - asked)
        else expect(judgement.kind).toBe(received === asked ? 'exact' : 'mismatch')
      }),
    )
    expect(judgeReceived(money(100, 'RUB'), money(100_000, 'USD')).kind).toBe('mismatch')
  })
})

describe('what is owed for time', () => {
  test('is the price at first, nothing at the end, and never grows meanwhile', () => {
    const ms = fc.integer({ min: 0, max: 400 * 86_400_000 })
    fc.assert(
      fc.property(amount, ms, ms, ms, (price, length, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one]
        expect(deferredOf(price, 0, length)).toBe(0n)
        if (length > 0) expect(deferredOf(price, length, length)).toBe(price)
        expect(deferredOf(price, less, length) <= deferredOf(price, more, length)).toBe(true)
        expect(deferredOf(price, more, length) <= price).toBe(true)
      }),
    )
  })
})
