import { PlanEntity } from '@vpn-kiosk/db'
import { addMs, type Customer, type CustomerId, dayMs, hourMs, money, newId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

const gib = 1024n ** 3n
let world: TestShop
let crashAt: string | null

beforeEach(async () => {
  crashAt = null
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (name === crashAt) throw new Error(`died at ${name}`)
    },
  })
  await world.addServer()
  // Twice the price of a month, and half of it.
  await addPlan('family', 59_800n, { deviceLimit: 10 })
  await addPlan('small', 14_950n, { deviceLimit: 1, gigabytes: 100n })
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()

const addPlan = (
  code: string,
  priceMinor: bigint,
  { deviceLimit, gigabytes, days = 30 }: { deviceLimit: number; gigabytes?: bigint; days?: number },
) =>
  em().insert(PlanEntity, {
    id: newId('plan'),
    code,
    title: { ru: code, en: code },
    days,
    priceMinor,
    currency: 'RUB',
    trafficLimitBytes: gigabytes === undefined ? null : gigabytes * gib,
    deviceLimit,
    position: 10,
    createdAt: world.clock.now(),
  })

async function buy(customer: Customer, planCode = 'month') {
  const { paymentId, reference } = await world.openInvoice(customer, planCode)
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
  await world.processAll()
  return paymentId
}

const offered = async (id: CustomerId) => (await world.shop.listPlanSwitches(id))?.switches ?? []
const find = async (id: CustomerId, code: string) => (await offered(id)).find(({ plan }) => plan.code === code)!
async function switchTo(customerId: CustomerId, code: string) {
  const { plan, endsAt } = await find(customerId, code)
  return world.shop.switchPlan({ customerId, planId: plan.id, endsAt })
}
const leftMs = async (id: CustomerId) => (await world.shop.getSubscription(id))!.leftMs

test('a month in its middle becomes a week of a plan of twice the price, at once', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  world.clock.advance(16 * dayMs)
  expect((await offered(customer.id)).map(({ plan }) => plan.code).toSorted()).toEqual(['family', 'small'])
  expect(await switchTo(customer.id, 'family')).toMatchObject({ kind: 'switched', plan: { code: 'family' } })
  expect(await world.shop.getSubscription(customer.id)).toMatchObject({
    leftMs: 7 * dayMs,
    deviceLimit: 10,
    planTitle: { en: 'family' },
  })
  expect(await world.shop.checkBooks()).toEqual([])
})

test('what the panel is told is the new end and the new limit', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  await switchTo(customer.id, 'small')
  await world.processAll()
  const [account] = [...world.vless.accounts.values()]
  expect(account).toMatchObject({ expiresAt: addMs(world.clock.now(), 60 * dayMs), trafficLimitBytes: 200n * gib })
})

test('there and back is the same time, and never more', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  world.clock.advance(7 * dayMs + 12_345)
  const before = await leftMs(customer.id)
  for (const code of ['family', 'month', 'small', 'month']) await switchTo(customer.id, code)
  const after = await leftMs(customer.id)
  expect(after).toBeLessThanOrEqual(before)
  expect(before - after).toBeLessThan(10)
  expect(await world.shop.getSubscription(customer.id)).toMatchObject({ deviceLimit: 3 })
})

test('days that were given become fewer under a dearer plan and never more under a cheaper one', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  await world.shop.giveDays(1n, customer.id, { days: 10, requestId: 'g1' })
  expect((await find(customer.id, 'family')).endsAt).toEqual(addMs(world.clock.now(), 20 * dayMs))
  expect((await find(customer.id, 'small')).endsAt).toEqual(addMs(world.clock.now(), 70 * dayMs))
})

test('time under another plan waits as it was bought', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  await buy(customer, 'year')
  await switchTo(customer.id, 'family')
  expect(await leftMs(customer.id)).toBe((15 + 365) * dayMs)
  world.clock.advance(15 * dayMs + hourMs)
  await world.shop.startStretches()
  expect(await world.shop.getSubscription(customer.id)).toMatchObject({ planTitle: { en: '1 year' }, deviceLimit: 5 })
})

test('pressed twice and by ten at once it switches once', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  const { plan, endsAt } = await find(customer.id, 'family')
  const press = () => world.shop.switchPlan({ customerId: customer.id, planId: plan.id, endsAt })
  const kinds = (await Promise.all(Array.from({ length: 10 }, press))).map(({ kind }) => kind)
  expect(kinds.toSorted()).toEqual(['switched', ...Array.from({ length: 9 }, () => 'unchanged')])
  expect(await leftMs(customer.id)).toBe(15 * dayMs)
})

test('nothing else is agreed to than what was shown', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  const { plan, endsAt } = await find(customer.id, 'family')
  await em().nativeUpdate(PlanEntity, { id: plan.id }, { priceMinor: 80_000n })
  const wish = { customerId: customer.id, planId: plan.id, endsAt }
  expect(await world.shop.switchPlan(wish)).toEqual({ kind: 'differs' })
  await em().nativeUpdate(PlanEntity, { id: plan.id }, { isActive: false })
  expect(await world.shop.switchPlan(wish)).toEqual({ kind: 'not_offered' })
  expect(await leftMs(customer.id)).toBe(30 * dayMs)
})

test('a trial, an ended right and a banned customer switch nothing', async () => {
  const newcomer = await world.addCustomer()
  await world.shop.startTrial(newcomer.id)
  expect(await world.shop.listPlanSwitches(newcomer.id)).toBeNull()
  expect(await world.shop.canSwitchPlan(newcomer.id)).toBe(false)
  const customer = await world.addCustomer()
  await buy(customer)
  expect(await world.shop.canSwitchPlan(customer.id)).toBe(true)
  const { plan, endsAt } = await find(customer.id, 'family')
  await world.shop.banCustomer(1n, customer.id)
  expect(await world.shop.switchPlan({ customerId: customer.id, planId: plan.id, endsAt })).toEqual({ kind: 'banned' })
})

test('a refund after the switch takes what is left, and the books hold', async () => {
  const customer = await world.addCustomer()
  const paymentId = await buy(customer)
  world.clock.advance(10 * dayMs)
  await switchTo(customer.id, 'family')
  await world.shop.recognizeRevenue()
  expect(await world.shop.checkBooks()).toEqual([])
  const asked = await world.shop.requestRefund(1n, { paymentId, requestId: 'r', byHand: true, minor: 29_900n })
  expect(asked.kind).not.toBe('forbidden')
  expect(await leftMs(customer.id)).toBe(0)
  expect(await world.shop.checkBooks()).toEqual([])
})

test('a death before the commit changes nothing, and the button works again', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  crashAt = 'switch-plan:before-commit'
  await expect(switchTo(customer.id, 'family')).rejects.toThrow('died')
  crashAt = null
  expect(await leftMs(customer.id)).toBe(30 * dayMs)
  expect(await switchTo(customer.id, 'family')).toMatchObject({ kind: 'switched' })
})

test('a plan without a price in the same money is not offered', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  await em().nativeUpdate(PlanEntity, { code: 'family' }, { currency: 'EUR', priceMinor: money(500n, 'EUR').minor })
  expect((await offered(customer.id)).map(({ plan }) => plan.code)).toEqual(['small'])
})

test('what was paid in the money of before is not counted in the money of today', async () => {
  const customer = await world.addCustomer()
  await buy(customer)
  for (const [code, priceMinor] of [
    ['month', 300n],
    ['small', 150n],
    ['family', 600n],
  ] as const)
    await em().nativeUpdate(PlanEntity, { code }, { currency: 'EUR', priceMinor })
  expect((await find(customer.id, 'family')).endsAt).toEqual(addMs(world.clock.now(), 15 * dayMs))
  expect((await find(customer.id, 'small')).endsAt).toEqual(addMs(world.clock.now(), 30 * dayMs))
})
