import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { judgeReceived } from '../payment/payment.ts'
import { assertBalanced, salePosting, suspensePosting } from './ledger.ts'

const amount = fc.bigInt({ min: 1n, max: 10n ** 12n })

describe('a posting', () => {
  test('of any sale and any surplus sums to zero', () => {
    fc.assert(
      fc.property(amount, fc.option(amount), (price, surplus) => {
        const entries = salePosting(
          'yookassa',
          'cus_anna',
          money(price, 'RUB'),
          surplus === null ? null : money(surplus, 'RUB'),
        )
        expect(() => assertBalanced(entries)).not.toThrow()
        expect(
          entries.filter((entry) => entry.account === 'revenue').reduce((sum, entry) => sum + entry.amount.minor, 0n),
        ).toBe(-price)
      }),
    )
    expect(() => assertBalanced(suspensePosting('yookassa', money(5, 'USD')))).not.toThrow()
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
