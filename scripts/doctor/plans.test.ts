import { expect, test } from 'vitest'
import { judgePrices } from './plans.ts'

const month = { code: 'month', currencies: ['RUB', 'EUR'] } as const
const year = { code: 'year', currencies: ['RUB'] } as const
const roubles = { id: 'cards', currencies: ['RUB'] } as const
const coins = { id: 'coins', currencies: ['EUR', 'USD'] } as const
const stars = { id: 'stars', currencies: ['XTR'] } as const

const judge = (...providers: Parameters<typeof judgePrices>[1]) =>
  judgePrices([month, year], providers).map(({ status, message }) => `${status}: ${message}`)

test('plans that can be paid are fine, and so they are before there is any provider', () => {
  expect(judge(roubles, coins)).toEqual(['fine: month, year'])
  expect(judge()).toEqual(['fine: month, year'])
})

test('a plan that no provider collects and a provider that collects no plan are named', () => {
  expect(judge(coins, stars)).toEqual([
    'wrong: nobody can pay for year: no provider collects a price of it',
    'next_step: stars is offered to nobody: no plan has a price in XTR',
  ])
})
