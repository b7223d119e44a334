import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { priceIn } from './plan.ts'

const plan = { price: money(29_900n, 'RUB'), otherPrices: [money(490n, 'EUR'), money(150n, 'XTR')] }

test('a price is the first that its buyer may be asked for, the own one included', () => {
  expect(priceIn(plan, ['RUB', 'EUR'])).toEqual(money(29_900n, 'RUB'))
  expect(priceIn(plan, ['USD', 'EUR', 'RUB'])).toEqual(money(490n, 'EUR'))
  expect(priceIn(plan, ['XTR'])).toEqual(money(150n, 'XTR'))
  expect(priceIn(plan, ['USD', 'USDT'])).toBeNull()
  expect(priceIn(plan, [])).toBeNull()
})
