import fc from 'fast-check'
import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { rewardDueBack, rewardOf } from './referral.ts'

const minor = fc.bigInt({ min: 0n, max: 10n ** 15n })

test('a reward is whole minor units, never more than its share, and comes back exactly with all of the money', () => {
  fc.assert(
    fc.property(minor, fc.integer({ min: 0, max: 50 }), fc.array(minor, { maxLength: 6 }), (paid, percent, parts) => {
      const reward = rewardOf(money(paid, 'RUB'), percent).minor
      expect(reward * 100n <= paid * BigInt(percent)).toBe(true)
      let [refunded, back] = [0n, 0n]
      for (const part of parts) {
        refunded += part
        if (refunded > paid) refunded = paid
        const due = rewardDueBack(reward, refunded, paid)
        expect(due >= back && due <= reward).toBe(true)
        back = due
      }
      expect(rewardDueBack(reward, paid, paid)).toBe(reward)
    }),
  )
})

test('a percent of too little is nothing', () => {
  expect(rewardOf(money(9n, 'RUB'), 10).minor).toBe(0n)
  expect(rewardOf(money(29_900n, 'RUB'), 15)).toEqual(money(4_485n, 'RUB'))
  expect(rewardDueBack(4_485n, 14_950n, 29_900n)).toBe(2_242n)
})
