import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

async function buy(name: string) {
  const customer = await world.addCustomer(name)
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  return customer
}

async function press(customerId: `cus_${string}`) {
  const [plan] = await world.shop.listPlans()
  const [providerId] = world.deps.providers.keys()
  const of = { customerId, planId: plan!.id, providerId: providerId!, returnUrl: 'https://t.me/shop', description: 'x' }
  return (await world.shop.startPurchase(of)).kind
}

test('a full shop sells to newcomers and says that they wait, or sells them nothing, as it chose', async () => {
  await world.addServer(world.vless, 1)
  const first = await buy('First')
  const newcomer = await world.addCustomer('Newcomer')
  expect(await world.shop.checkRoom(newcomer.id)).toBe('waits')
  expect(await press(newcomer.id)).toBe('invoice')
  const other = await world.addCustomer('Other')
  expect(await world.shop.changeOffer(owner, { sellsWithoutRoom: false })).toMatchObject({ kind: 'changed' })
  expect(await world.shop.checkRoom(other.id)).toBe('closed')
  expect(await press(other.id)).toBe('no_room')
  expect(await world.shop.checkRoom(first.id)).toBe('served')
  expect(await press(first.id)).toBe('invoice')
  await world.addServer(world.vless, 10)
  expect(await press(other.id)).toBe('invoice')
})

test('settings tell what holds and who changed it last', async () => {
  await world.shop.addStaff(owner, { telegramId: 7n, name: 'Boris', role: 'admin' })
  expect(await world.shop.getSettings(owner)).toMatchObject({ value: { offerChanged: null, shopChanged: null } })
  await world.shop.changeOffer(7n, { trialDays: 5 }, { trialDays: 3 })
  expect(await world.shop.changeOffer(owner, { trialDays: 9 }, { trialDays: 3 })).toEqual({ kind: 'changed_meanwhile' })
  await world.shop.updateShop(owner, { name: 'Fox' })
  expect(await world.shop.getSettings(7n)).toMatchObject({
    kind: 'seen',
    value: {
      offer: { trialDays: 5, referralBonusDays: 7, sellsWithoutRoom: true },
      shop: { name: 'Fox' },
      timeZone: 'Europe/Moscow',
      offerChanged: { by: 'staff', name: 'Boris' },
      shopChanged: { by: 'owner' },
    },
  })
  expect(await world.shop.getSettings(404n)).toEqual({ kind: 'forbidden' })
})
