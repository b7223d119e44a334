import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { restoreBackup } from '@vpn-kiosk/db'
import { createTestDatabase } from '@vpn-kiosk/db/testing'
import { type Customer, dayMs, hourMs, minuteMs, type PaymentId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import {
  createFakeCardProvider,
  createTestShop,
  type FakeCardProvider,
  roubles,
  type TestShop,
} from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, onTestFinished, test } from 'vitest'

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
  return { customer, paymentId: await buyWithCard(customer) }
}

async function buyWithCard(customer: Customer): Promise<PaymentId> {
  const { id: planId } = (await shop.listPlans()).find(({ code }) => code === 'month')!
  const wish = { customerId: customer.id, planId, providerId: 'fake', returnUrl: '', description: 'x', savesCard: true }
  const invoice = await shop.startPurchase(wish)
  if (invoice.kind !== 'invoice') throw new Error(invoice.kind)
  provider.payAndSave(`inv-${invoice.paymentId}`, 'secret-of-anna')
  await shop.settlePayment(invoice.paymentId)
  return invoice.paymentId
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

test('is charged once for an end, also by a shop that was restored from a backup of before', async () => {
  const vaultKey = randomBytes(32)
  const lost = await createTestShop(inject('postgresUrl'), { vaultKey })
  onTestFinished(() => lost.close())
  shop = lost.shopWith(provider)
  const customer = await lost.addCustomer()
  await buyWithCard(customer)
  const pass = (clocks: readonly TestShop[], ms: number) => clocks.map(({ clock }) => clock.advance(ms))
  pass([lost], 29 * dayMs)
  await jobs()
  const folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'shop.backup.gz')
  await lost.fixture.database.createBackup(file, lost.clock.now())
  const fixture = await createTestDatabase(inject('postgresUrl'))
  await restoreBackup(fixture.url, file, true)
  const restored = await createTestShop(inject('postgresUrl'), { vaultKey, fixture, startsAt: lost.clock.now() })
  onTestFinished(() => restored.close())
  pass([lost, restored], 13 * hourMs)
  provider.declineCharges('insufficient_funds')
  await jobs()
  pass([lost], 6 * hourMs)
  provider.declineCharges(null)
  await jobs()
  expect(provider.charged()).toHaveLength(1)

  shop = restored.shopWith(provider)
  await jobs()
  pass([restored], 6 * hourMs)
  await jobs()
  expect(provider.charged()).toHaveLength(1)
  expect(await shop.getSubscription(customer.id)).toMatchObject({ daysLeft: 31 })
})
