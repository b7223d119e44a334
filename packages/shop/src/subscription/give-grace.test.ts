import { addMs, type Customer, dayMs, hourMs, minuteMs, money } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

let world: TestShop
let crashAt: string | null
let anna: Customer

beforeEach(async () => {
  crashAt = null
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (name === crashAt) throw new Error(`died at ${name}`)
    },
  })
  await world.addServer()
  await world.shop.changeOffer(1n, { graceHours: 24 })
  anna = await world.addCustomer()
})
afterEach(async () => {
  expect(await world.shop.checkBooks()).toEqual([])
  await world.close()
})

async function buy(customer = anna) {
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
  await world.processAll()
  return paymentId
}
const summary = async (customer = anna) => (await world.shop.getSubscription(customer.id))!
const isOpen = () => [...world.vless.accounts.values()].some(({ enabled }) => enabled)
const told = async (kind: string): Promise<number> => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ n: number }[]>(`select count(*)::int as n from notifications where content->>'kind' = ?`, [kind])
  return row!.n
}
/** What the jobs do each minute. */
async function minute() {
  await world.shop.giveGrace()
  await world.shop.remindExpiry()
  await world.shop.startStretches()
  await world.shop.expireSubscriptions()
  await world.processAll()
}

test('access goes on over the end without a gap, says so once, and ends with the grace', async () => {
  await buy()
  const end = (await summary()).endsAt!
  world.clock.advance(30 * dayMs - 3 * minuteMs)
  await minute()
  expect([...world.vless.accounts.values()][0]?.expiresAt).toEqual(addMs(end, dayMs))
  world.clock.advance(hourMs)
  await minute()
  expect(await summary()).toMatchObject({ standing: 'active', paidUntil: end, endsAt: addMs(end, dayMs) })
  expect([isOpen(), await told('grace_started'), await told('expired')]).toEqual([true, 1, 0])
  const reminded = await told('expiring')
  world.clock.advance(20 * hourMs)
  await minute()
  expect(await told('expiring')).toBe(reminded)
  world.clock.advance(4 * hourMs)
  await minute()
  expect([(await summary()).standing, isOpen(), await told('expired')]).toEqual(['expired', false, 1])
  await minute()
  expect(await told('grace_started')).toBe(1)
})

test('whoever pays in the grace has what was bought from the old end on: nothing is won by paying late', async () => {
  await buy()
  const end = (await summary()).endsAt!
  world.clock.advance(30 * dayMs)
  await minute()
  world.clock.advance(10 * hourMs)
  await buy()
  expect(await summary()).toMatchObject({ standing: 'active', paidUntil: null, endsAt: addMs(end, 30 * dayMs) })
  expect(isOpen()).toBe(true)
  world.clock.advance(29 * dayMs)
  await world.shop.recognizeRevenue()
})

test('a balance that is filled in the grace renews once', async () => {
  await buy()
  const end = (await summary()).endsAt!
  const plan = (await world.shop.getRenewal(anna.id))!.plan!
  await world.shop.switchRenewalOn(anna.id, { source: 'balance', minor: plan.price.minor })
  for (const hours of [-72, -24, -12, -6, -1, 0, 1]) {
    const waitMs = end.getTime() + hours * hourMs - world.clock.now().getTime()
    world.clock.advance(waitMs)
    await world.shop.renewSubscriptions()
    await minute()
  }
  const wish = { providerId: 'fake', planId: null, requestId: 'request1', returnUrl: '', description: '' }
  const invoice = await world.shop.startTopUp({ ...wish, customerId: anna.id, amount: money(50_000n, 'RUB') })
  if (invoice.kind !== 'invoice') throw new Error(invoice.kind)
  world.provider.pay(`inv-${invoice.paymentId}`)
  await world.shop.settlePayment(invoice.paymentId)
  for (let hours = 0; hours < 30; hours += 6) {
    await world.shop.renewSubscriptions()
    await minute()
    world.clock.advance(6 * hourMs)
  }
  expect((await summary()).endsAt).toEqual(addMs(end, 30 * dayMs))
})

test('trials, the banned and a shop without a grace have none', async () => {
  const boris = await world.addCustomer('Boris')
  await world.shop.startTrial(boris.id)
  await buy()
  await world.shop.banCustomer(1n, anna.id)
  world.clock.advance(30 * dayMs - minuteMs)
  expect(await world.shop.giveGrace()).toBe(0)
  await world.shop.unbanCustomer(1n, anna.id)
  await world.shop.changeOffer(1n, { graceHours: 0 })
  expect(await world.shop.giveGrace()).toBe(0)
  expect((await summary(boris)).standing).toBe('expired')
})

test('it is given once by ten at once, and by whoever comes after one that died', async () => {
  await buy()
  const end = (await summary()).endsAt!
  world.clock.advance(30 * dayMs - minuteMs)
  crashAt = 'grace:before-commit'
  await expect(world.shop.giveGrace()).rejects.toThrow('died')
  crashAt = null
  expect((await summary()).endsAt).toEqual(end)
  await Promise.all(Array.from({ length: 10 }, () => world.shop.giveGrace()))
  expect((await summary()).endsAt).toEqual(addMs(end, dayMs))
  expect(await told('grace_started')).toBe(1)
})

test('who got the money back is lent nothing for it, and is cut within the minute', async () => {
  const paymentId = await buy()
  world.clock.advance(10 * dayMs)
  await world.shop.requestRefund(1n, { paymentId, minor: null, requestId: 'r', byHand: true })
  await minute()
  expect(await summary()).toMatchObject({ standing: 'expired', leftMs: 0 })
  expect([isOpen(), await told('refunded'), await told('grace_started')]).toEqual([false, 1, 0])
  await buy()
  expect(isOpen()).toBe(true)
})

test('what was lent is over when the money goes back, before its end and after it', async () => {
  for (const laterMs of [0, hourMs]) {
    const boris = await world.addCustomer('Boris')
    const paymentId = await buy(boris)
    world.clock.advance(30 * dayMs - 3 * minuteMs)
    await minute()
    world.clock.advance(laterMs)
    await minute()
    expect(await summary(boris)).toMatchObject({ standing: 'active' })
    await world.shop.requestRefund(1n, { paymentId, minor: null, requestId: 'r', byHand: true })
    await minute()
    expect(await summary(boris)).toMatchObject({ standing: 'expired', leftMs: 0 })
    expect(isOpen()).toBe(false)
  }
})
