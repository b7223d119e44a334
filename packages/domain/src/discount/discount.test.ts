import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Currency, type Money, money } from '../money/money.ts'
import type { Plan } from '../plan/plan.ts'
import { atPrice, type Discount, type DiscountSize, discountPlan } from './discount.ts'
import type { DiscountCause } from './plan-discount.ts'

const planOf = (price: Money, otherPrices: readonly Money[] = []): Plan => ({
  id: 'pln_month000000000000000',
  code: 'month',
  title: {},
  days: 30,
  price,
  otherPrices,
  trafficLimitBytes: null,
  deviceLimit: 3,
  isTrial: false,
  isPopular: false,
})
const of = (size: DiscountSize, cause: DiscountCause = 'promo'): Discount => ({
  cause,
  size,
  promoId: null,
  code: null,
  endsAt: null,
  plans: null,
})
const percent = (value: number, cause?: DiscountCause) => of({ kind: 'percent', percent: value }, cause)
const amount = (minor: bigint, currency: Currency = 'RUB') => of({ kind: 'amount', amount: money(minor, currency) })
const month = planOf(money(29_900n, 'RUB'), [money(350n, 'USD'), money(155n, 'XTR')])
const priceOf = (...discounts: readonly Discount[]) => discountPlan(month, discounts).price.minor

test('a percentage is rounded in the customer’s favour, and other currencies follow', () => {
  const plan = discountPlan(month, [percent(33)])
  expect(plan.price).toEqual(money(20_033n, 'RUB'))
  expect(plan.otherPrices).toEqual([money(234n, 'USD'), money(103n, 'XTR')])
  expect(plan.discount?.list).toEqual({ price: month.price, otherPrices: month.otherPrices })
  expect(discountPlan(planOf(money(199n, 'XTR')), [percent(10)]).price.minor).toBe(179n)
})

test('an amount is in the plan’s currency, or in proportion to its price in another', () => {
  expect(priceOf(amount(10_000n))).toBe(19_900n)
  expect(priceOf(amount(35n, 'USD'))).toBe(26_910n)
  expect(priceOf(amount(35n, 'EUR'))).toBe(29_900n)
})

test('a tenth of the price stays to be paid, and never less than one minor unit', () => {
  expect(priceOf(amount(10n ** 15n))).toBe(2_990n)
  expect(priceOf(percent(90))).toBe(2_990n)
  expect(discountPlan(planOf(money(5n, 'XTR')), [amount(7n, 'XTR')]).price.minor).toBe(1n)
})

test('discounts do not stack: the best applies, and of equals the one that is not used up', () => {
  expect(priceOf(percent(10), amount(10_000n), percent(20))).toBe(19_900n)
  const equal = discountPlan(month, [percent(20, 'win_back'), percent(20, 'personal'), percent(20)])
  expect(equal.discount?.cause).toBe('personal')
})

test('a discount for other plans does not apply', () => {
  const other = { ...percent(50), plans: ['pln_quarter0000000000000' as const] }
  expect(discountPlan(month, [other])).toBe(month)
  expect(discountPlan(month, [{ ...other, plans: [month.id] }]).price.minor).toBe(14_950n)
})

const prices = fc.bigInt({ min: 1n, max: 10n ** 15n })
const sizes: fc.Arbitrary<DiscountSize> = fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), percent: fc.integer({ min: 1, max: 90 }) }),
  fc.record({
    kind: fc.constant('amount' as const),
    amount: fc.record({ minor: prices, currency: fc.constantFrom<Currency>('RUB', 'USD', 'EUR', 'USDT') }),
  }),
)
const plans = fc
  .record({ price: prices, usd: prices, usdt: prices })
  .map(({ price, usd, usdt }) => planOf(money(price, 'RUB'), [money(usd, 'USD'), money(usdt, 'USDT')]))
const discounts = fc.array(
  fc
    .record({ size: sizes, cause: fc.constantFrom<DiscountCause>('promo', 'personal', 'happy_hours', 'win_back') })
    .map(({ size, cause }) => of(size, cause)),
  { maxLength: 4 },
)

test('whatever is off, a tenth at least is paid, nobody pays more, and none of many alone is better', () => {
  fc.assert(
    fc.property(plans, discounts, (plan, all) => {
      const { price, otherPrices } = discountPlan(plan, all)
      expect(price.minor <= plan.price.minor && price.minor >= 1n && price.minor * 10n > plan.price.minor - 10n).toBe(
        true,
      )
      for (const [at, other] of otherPrices.entries()) {
        const list = plan.otherPrices[at]!
        expect(other.currency).toBe(list.currency)
        expect(other.minor >= 1n && other.minor <= list.minor).toBe(true)
        // In proportion, to the unit below.
        expect(other.minor === 1n || other.minor * plan.price.minor <= list.minor * price.minor).toBe(true)
        expect((other.minor + 1n) * plan.price.minor > list.minor * price.minor).toBe(true)
      }
      for (const one of all) expect(discountPlan(plan, [one]).price.minor >= price.minor).toBe(true)
    }),
  )
})

test('the order of discounts changes no price, and more off is never dearer', () => {
  fc.assert(
    fc.property(plans, discounts, fc.integer({ min: 1, max: 89 }), (plan, all, value) => {
      expect(discountPlan(plan, all.toReversed()).price).toEqual(discountPlan(plan, all).price)
      const less = discountPlan(plan, [percent(value)]).price.minor
      expect(discountPlan(plan, [percent(value + 1)]).price.minor <= less).toBe(true)
    }),
  )
})

test('an agreed price gives the same plan as the discount that it came from', () => {
  fc.assert(
    fc.property(plans, discounts, (plan, all) => {
      const priced = discountPlan(plan, all)
      fc.pre(priced.discount !== undefined)
      const { list: _, ...why } = priced.discount!
      expect(atPrice(plan, priced.price.minor, why)).toEqual(priced)
    }),
  )
})
