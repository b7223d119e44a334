import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

test('the terms of a trial are those that it begins with', async () => {
  const terms = await world.shop.findTrial()
  expect(terms).toEqual({ days: 3, trafficLimitBytes: 10n * 1024n ** 3n, deviceLimit: 2, price: null })
  const anna = await world.addCustomer()
  await world.shop.startTrial(anna.id)
  expect(await world.shop.getSubscription(anna.id)).toMatchObject({
    trafficLimitBytes: terms?.trafficLimitBytes,
    deviceLimit: terms?.deviceLimit,
    daysLeft: terms?.days,
  })
})

test('a shop that gives no trial has no terms', async () => {
  await world.fixture.database.em().execute('update plans set is_active = false where is_trial')
  expect(await world.shop.findTrial()).toBeNull()
  const other = await createTestShop(inject('postgresUrl'), { policy: { trialDays: 0 } })
  expect(await other.shop.findTrial()).toBeNull()
  await other.close()
})
