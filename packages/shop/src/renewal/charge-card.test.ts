import { type Customer, dayMs, hourMs, minuteMs, type PaymentId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import {
  createFakeCardProvider,
  createTestShop,
  type FakeCardProvider,
  roubles,
  type TestShop,
} from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop
let shop: Shop
let provider: FakeCardProvider

beforeEach(async () => {
  provider = createFakeCardProvider()
  world = await createTestShop(inject('postgresUrl'))
  shop = world.shopWith(provider)
  await world.addServer()
})
afterEach(async () => {
  expect(await shop.checkBooks()).toEqual([])
  await world.close()
})

/** Who has bought a month now, and whose card is charged for the next one. */
async function addBuyer(): Promise<{ readonly customer: Customer; readonly paymentId: PaymentId }> {
  const customer = await world.addCustomer()
  const { id: planId } = (await shop.listPlans()).find(({ code }) => code === 'month')!
  const wish = { customerId: customer.id, planId, providerId: 'fake', returnUrl: '', description: 'x', savesCard: true }
  const invoice = await shop.startPurchase(wish)
  if (invoice.kind !== 'invoice') throw new Error(invoice.kind)
  provider.payAndSave(`inv-${invoice.paymentId}`, 'secret-of-anna')
  await shop.settlePayment(invoice.paymentId)
  return { customer, paymentId: invoice.paymentId }
}

async function jobs(): Promise<void> {
  await shop.giveGrace()
  await shop.startStretches()
  await shop.expireSubscriptions()
  await shop.renewSubscriptions()
}

/** The end is announced, and the next thing to do is to charge. */
async function comeToATry(): Promise<void> {
  world.clock.advance(29 * dayMs)
  await jobs()
  world.clock.advance(13 * hourMs)
}

async function chargeBack(paymentId: PaymentId): Promise<void> {
  const back = { kind: 'paid', received: roubles(0), paidAt: null, refunded: roubles(299) } as const
  provider.answer(`inv-${paymentId}`, back)
  await shop.inspectRefund(paymentId)
}

test('whose provider is down until after the end is charged in the grace, for the end that was announced', async () => {
  await shop.changeOffer(1n, { graceHours: 24 })
  const { customer } = await addBuyer()
  const { endsAt } = (await shop.getSubscription(customer.id))!
  await comeToATry()
  provider.setDown(true)
  await jobs()
  world.clock.advance(11 * hourMs - 3 * minuteMs)
  await jobs()
  world.clock.advance(hourMs)
  await jobs()
  expect(await shop.getSubscription(customer.id)).toMatchObject({ standing: 'active', paidUntil: endsAt })
  provider.setDown(false)
  world.clock.advance(5 * minuteMs)
  await jobs()
  expect(provider.charged()).toHaveLength(1)
  expect(await shop.getSubscription(customer.id)).toMatchObject({ endsAt: new Date(endsAt!.getTime() + 30 * dayMs) })
})

test('is charged no more once a payment with it was charged back, however long ago that was', async () => {
  const { customer, paymentId } = await addBuyer()
  await comeToATry()
  await jobs()
  expect(provider.charged()).toHaveLength(1)
  world.clock.advance(2 * dayMs)
  await chargeBack(paymentId)
  expect(await shop.getRenewal(customer.id)).toMatchObject({ isOn: false, offReason: 'refunded' })
  await comeToATry()
  await jobs()
  expect(provider.charged()).toHaveLength(1)
})

test('that was declined is tried on its schedule alone, however often the balance grows meanwhile', async () => {
  const { customer } = await addBuyer()
  await comeToATry()
  provider.declineCharges('insufficient_funds')
  await jobs()
  for (const amount of [10, 20]) {
    const terms = { providerId: 'fake', planId: null, returnUrl: '', description: 'x' }
    const wish = { customerId: customer.id, amount: roubles(amount), requestId: `${amount}`, ...terms }
    const topUp = await shop.startTopUp(wish)
    if (topUp.kind !== 'invoice') throw new Error(topUp.kind)
    provider.pay(`inv-${topUp.paymentId}`)
    await shop.settlePayment(topUp.paymentId)
    await jobs()
  }
  expect(provider.calls).toHaveLength(1)
  world.clock.advance(6 * hourMs)
  await jobs()
  expect(provider.calls).toHaveLength(2)
})
