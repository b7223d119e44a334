import { atPrice, money, type Plan } from '@vpn-kiosk/domain'
import { expect, test } from 'vitest'
import { priceAt } from './price-at.ts'

const listed: Plan = {
  id: 'pln_month000000000000000',
  code: 'month',
  title: {},
  days: 30,
  price: money(29_900n, 'RUB'),
  otherPrices: [money(350n, 'USD')],
  trafficLimitBytes: null,
  deviceLimit: 3,
  isTrial: false,
  isPopular: false,
}
const tenth = atPrice(listed, 2_990n, { cause: 'promo', promoId: null, code: null, endsAt: null })
const provider = { currencies: ['RUB'], limits: { RUB: { min: money(10_000n, 'RUB') } } } as const

test('a provider asks for the customer’s own price, with the shop’s percentage', () => {
  expect(priceAt({ currencies: ['USD'] }, tenth, { percent: 0 })).toEqual(money(35n, 'USD'))
  expect(priceAt({ currencies: ['RUB'] }, tenth, { percent: 5 })).toEqual(money(3_140n, 'RUB'))
})

test('a provider that collects no such small sum asks for the least that it does, where a discount made it small', () => {
  expect(priceAt(provider, tenth, { percent: 0 })).toEqual(money(10_000n, 'RUB'))
  expect(priceAt(provider, { ...listed, price: money(9_999n, 'RUB') }, { percent: 0 })).toBeNull()
})
