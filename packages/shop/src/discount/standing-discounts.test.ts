import { type CustomerId, dayMs, type HappyHours, hourMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, roubles, type TestShop } from '../testing.ts'

/* Discounts that nobody enters: of one customer, of an hour, of those who come back. The clock begins on a Saturday, 12:00 in Moscow. */

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterEach(() => world.close())

const monthOf = async (id: CustomerId) => (await world.shop.listPlans(id)).find(({ code }) => code === 'month')!
const priceOf = async (id: CustomerId) => (await monthOf(id)).price.minor
const set = (id: CustomerId, percent: number, days: number | null = null) =>
  world.shop.setPersonalDiscount(owner, id, { percent, days })
const noon: HappyHours = { weekdays: [6, 7], fromMinute: 12 * 60, untilMinute: 13 * 60, percent: 30 }
const add = (hours: HappyHours) => world.shop.changeDiscountSettings(owner, { kind: 'add_hours', hours })
const told = async (customerId: CustomerId) =>
  (
    await world.fixture.database
      .em()
      .execute<{ content: { kind: string } }[]>(
        'select content from notifications where customer_id = ? order by created_at',
        [customerId],
      )
  ).map(({ content }) => content)
async function buy(id: CustomerId) {
  const { id: planId } = await monthOf(id)
  const wish = { customerId: id, planId, providerId: 'fake', returnUrl: 'https://t.me/shop', description: 'x' }
  const result = await world.shop.startPurchase(wish)
  if (result.kind !== 'invoice') throw new Error(result.kind)
  world.provider.pay(`inv-${result.paymentId}`)
  await world.shop.settlePayment(result.paymentId)
  return result.amount
}

test('a personal discount holds for every purchase until its day is over, and the customer is told', async () => {
  const { id } = await world.addCustomer()
  expect(await set(id, 20, 10)).toEqual({ kind: 'discount_set' })
  expect(await world.shop.getCustomerCard(owner, id)).toMatchObject({ value: { discount: { percent: 20 } } })
  expect(await told(id)).toMatchObject([{ kind: 'personal_discount', percent: 20, endsAt: '2026-12-01T21:00:00.000Z' }])
  expect([await buy(id), await buy(id)]).toEqual([roubles(239.2), roubles(239.2)])
  world.clock.advance(11 * dayMs)
  expect(await priceOf(id)).toBe(29_900n)
  expect(await world.shop.getCustomerCard(owner, id)).toMatchObject({ value: { discount: null } })
})

test('a personal discount is changed, taken away, and said once', async () => {
  const { id } = await world.addCustomer()
  await set(id, 20)
  expect(await set(id, 20)).toEqual({ kind: 'discount_same' })
  expect(await told(id)).toHaveLength(1)
  await set(id, 50)
  expect(await priceOf(id)).toBe(14_950n)
  expect(await set(id, 0)).toEqual({ kind: 'discount_removed' })
  expect(await set(id, 0)).toEqual({ kind: 'discount_same' })
  expect(await priceOf(id)).toBe(29_900n)
})

test.each([
  [-1, null],
  [91, null],
  [1.5, null],
  [Number.NaN, null],
  [20, 0],
  [20, 10 ** 15],
])('a personal discount of %s for %s days is refused', async (percent, days) => {
  const { id } = await world.addCustomer()
  expect(await set(id, percent, days)).toEqual({ kind: 'invalid_discount' })
})

test('only staff with a role set discounts, and each is in the audit', async () => {
  const { id } = await world.addCustomer()
  await world.shop.addStaff(owner, { telegramId: 7n, name: 'Sam', role: 'support' })
  for (const actor of [404n, 7n]) {
    expect(await world.shop.setPersonalDiscount(actor, id, { percent: 20, days: null })).toEqual({ kind: 'forbidden' })
    expect(await world.shop.changeDiscountSettings(actor, { kind: 'add_hours', hours: noon })).toEqual({
      kind: 'forbidden',
    })
    expect(await world.shop.getDiscountSettings(actor)).toEqual({ kind: 'forbidden' })
  }
  expect(await world.shop.setPersonalDiscount(owner, 'cus_nobody', { percent: 20, days: null })).toEqual({
    kind: 'unknown_customer',
  })
  await set(id, 20)
  await add(noon)
  const rows = await world.fixture.database
    .em()
    .execute<{ action: string }[]>(`select action from audit_log where action like '%discount%' order by at, action`)
  expect(rows.map(({ action }) => action)).toEqual(['change_discounts', 'set_discount'])
})

test('happy hours make the price while they run, and an order that is open keeps it', async () => {
  const { id } = await world.addCustomer()
  await add(noon)
  const plan = await monthOf(id)
  expect(plan).toMatchObject({
    price: roubles(209.3),
    discount: { cause: 'happy_hours', endsAt: new Date('2026-11-21T10:00:00Z') },
  })
  const wish = { customerId: id, planId: plan.id, providerId: 'fake', returnUrl: 'https://t.me/shop', description: 'x' }
  const invoice = await world.shop.startPurchase({ ...wish, requestId: 'samekey1' })
  world.clock.advance(hourMs - 600_000)
  expect(await world.shop.startPurchase({ ...wish, requestId: 'samekey1' })).toMatchObject({ amount: roubles(209.3) })
  world.clock.advance(600_000)
  expect(await priceOf(id)).toBe(29_900n)
  if (invoice.kind !== 'invoice') throw new Error(invoice.kind)
  world.provider.pay(`inv-${invoice.paymentId}`)
  expect(await world.shop.settlePayment(invoice.paymentId)).toEqual({ kind: 'settled' })
  expect(await world.shop.getMonthReport(owner)).toMatchObject({
    value: { discounts: [{ cause: 'happy_hours', amount: roubles(89.7) }] },
  })
  expect(await world.shop.changeDiscountSettings(owner, { kind: 'drop_hours', hours: noon })).toEqual({
    kind: 'changed',
  })
  world.clock.advance(dayMs - hourMs)
  expect(await priceOf(id)).toBe(29_900n)
})

test('of a personal discount, a code and happy hours the best makes the price', async () => {
  const { id } = await world.addCustomer()
  await set(id, 20)
  await add({ ...noon, percent: 10 })
  expect((await monthOf(id)).discount).toMatchObject({ cause: 'personal' })
  const limits = { mostUses: null, mostUsesEach: 1, isForNewcomers: false, plans: null, startsAt: null, endsAt: null }
  const gift = { kind: 'discount', size: { kind: 'percent', percent: 20 } } as const
  await world.shop.createPromo(owner, { code: 'SPRING', gift, ...limits })
  await world.shop.redeemPromo(id, 'SPRING')
  expect((await monthOf(id)).discount).toMatchObject({ cause: 'personal' })
  await buy(id)
  // The code was not what made the price: it is still there.
  expect(await world.shop.findHeldPromo(id)).toMatchObject({ code: 'SPRING', standing: 'valid' })
  await set(id, 5)
  expect((await monthOf(id)).discount).toMatchObject({ cause: 'promo' })
})

test('hours that cannot be right are refused, ten are kept, and those of two people at once both stay', async () => {
  for (const wrong of [
    { ...noon, weekdays: [] },
    { ...noon, weekdays: [8] },
    { ...noon, fromMinute: 1440 },
    { ...noon, untilMinute: noon.fromMinute },
    { ...noon, percent: 91 },
  ])
    expect(await add(wrong)).toEqual({ kind: 'invalid_hours' })
  await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((percent) => add({ ...noon, percent })))
  expect(await world.shop.getDiscountSettings(owner)).toMatchObject({
    value: { happyHours: Array.from({ length: 10 }, () => expect.objectContaining({ weekdays: [6, 7] })) },
  })
  expect(await add({ ...noon, percent: 11 })).toEqual({ kind: 'too_many_hours' })
  expect(await add({ ...noon, percent: 10 })).toEqual({ kind: 'changed' })
  for (const winBack of [
    { percent: 91, days: 3 },
    { percent: 20, days: 0 },
    { percent: 20, days: 61 },
  ])
    expect(await world.shop.changeDiscountSettings(owner, { kind: 'win_back', winBack })).toEqual({
      kind: 'invalid_offer',
    })
})

test('whoever lets a subscription end is offered a discount with the reminder, for some days and one purchase', async () => {
  const { id } = await world.addCustomer()
  const other = (await world.addCustomer()).id
  await buy(id)
  await buy(other)
  const winBack = { percent: 40, days: 3 }
  expect(await world.shop.changeDiscountSettings(owner, { kind: 'win_back', winBack })).toEqual({ kind: 'changed' })
  world.clock.advance(30 * dayMs + hourMs)
  await world.shop.expireSubscriptions()
  await world.shop.winBackCustomers()
  expect(await priceOf(id)).toBe(29_900n)
  world.clock.advance(3 * dayMs)
  await world.shop.winBackCustomers()
  await world.shop.winBackCustomers()
  const offers = (await told(id)).filter(({ kind }) => kind === 'win_back')
  expect(offers).toMatchObject([{ after: '3d', offer: { percent: 40, endsAt: '2026-12-27T21:00:00.000Z' } }])
  expect((await monthOf(id)).discount).toMatchObject({ cause: 'win_back', endsAt: new Date('2026-12-27T21:00:00Z') })
  expect(await buy(id)).toEqual(roubles(179.4))
  expect(await priceOf(id)).toBe(29_900n)
  // Whoever pays by another way out of it has come back all the same.
  await world.shop.giveDays(owner, other, { days: 1, requestId: 'r' })
  expect(await priceOf(other)).toBe(29_900n)
})

test('an offer of coming back ends with its last day, and the next reminder begins it anew', async () => {
  const { id } = await world.addCustomer()
  await buy(id)
  await world.shop.changeDiscountSettings(owner, { kind: 'win_back', winBack: { percent: 40, days: 1 } })
  world.clock.advance(30 * dayMs + hourMs)
  await world.shop.expireSubscriptions()
  world.clock.advance(3 * dayMs)
  await world.shop.winBackCustomers()
  expect(await priceOf(id)).toBe(17_940n)
  world.clock.advance(2 * dayMs)
  expect(await priceOf(id)).toBe(29_900n)
  world.clock.advance(2 * dayMs)
  await world.shop.winBackCustomers()
  expect(await priceOf(id)).toBe(17_940n)
})
