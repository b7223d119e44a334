import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

test('an empty shop has nothing behind', async () => {
  expect(await world.shop.getBacklog()).toEqual({
    undelivered: { paid: 0, trials: 0, oldestPaidAt: null, causes: [] },
    accessesBehind: 0,
    accessAttempts: 0,
    notificationsHeld: 0,
    notificationsQueued: 0,
    webhooksUnhandled: 0,
    cases: { open: 0, oldestAt: null },
    paymentsLastDay: {},
  })
})

test('a panel that is down shows as an access behind and a notification held, and is gone once it answers', async () => {
  await world.addServer()
  world.vless.setDown(true)
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  await world.openInvoice(await world.addCustomer('Boris'))
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll(2)
  const behind = await world.shop.getBacklog()
  expect(behind).toMatchObject({ accessesBehind: 1, notificationsHeld: 1, paymentsLastDay: { paid: 1, pending: 1 } })
  expect(behind.accessAttempts).toBeGreaterThan(0)
  world.vless.setDown(false)
  await world.processAll()
  expect(await world.shop.getBacklog()).toMatchObject({ accessesBehind: 0, accessAttempts: 0, notificationsHeld: 0 })
})

test('a webhook about nobody is counted', async () => {
  const body = new TextEncoder().encode('paid nobody')
  await world.shop.receiveWebhook(world.provider.id, { body, headers: {}, sourceIp: '203.0.113.1' })
  expect((await world.shop.getBacklog()).webhooksUnhandled).toBe(1)
})
