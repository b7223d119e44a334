import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, roubles, type TestShop } from '../testing.ts'

let world: TestShop
beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterEach(async () => {
  expect(await world.shop.checkBooks()).toEqual([])
  await world.close()
})

/** A top-up that was made for a month, which costs 299 roubles. */
async function topUp(amount: number) {
  const customer = await world.addCustomer()
  const plan = (await world.shop.listPlans()).find(({ code }) => code === 'month')!
  const terms = { providerId: 'fake', requestId: 'press', returnUrl: '', description: 'x' }
  const wish = { customerId: customer.id, amount: roubles(amount), planId: plan.id, ...terms }
  const started = await world.shop.startTopUp(wish)
  if (started.kind !== 'invoice') throw new Error(started.kind)
  const { paymentId } = started
  world.provider.pay(`inv-${paymentId}`)
  await world.shop.settlePayment(paymentId)
  const goBack = async (back: number) => {
    const status = { kind: 'paid', received: roubles(amount - back), paidAt: null, refunded: roubles(back) } as const
    world.provider.answer(`inv-${paymentId}`, status)
    await Promise.all([world.shop.inspectRefund(paymentId), world.shop.inspectRefund(paymentId)])
  }
  const has = async () => ({
    daysLeft: (await world.shop.getSubscription(customer.id))?.daysLeft,
    balance: (await world.shop.getBalance(customer.id)).amounts,
  })
  return { goBack, has }
}

test('a chargeback of the top-up that a plan was bought with takes the plan', async () => {
  const { goBack, has } = await topUp(299)
  expect(await has()).toEqual({ daysLeft: 30, balance: [] })
  await goBack(299)
  expect(await has()).toEqual({ daysLeft: 0, balance: [] })
})

test('what is left on the balance goes first, and of the plan the share that is lacking', async () => {
  const { goBack, has } = await topUp(399)
  await goBack(100)
  expect(await has()).toEqual({ daysLeft: 30, balance: [] })
  await goBack(249.5)
  expect(await has()).toEqual({ daysLeft: 15, balance: [] })
})
