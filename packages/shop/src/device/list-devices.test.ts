import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

test('a list of devices says where the shared key was used last', async () => {
  await world.addServer()
  const anna = await world.addCustomer()
  await world.shop.startTrial(anna.id)
  await world.processAll()
  expect((await world.shop.listDevices(anna.id))?.shared).toEqual({ lastSeenAt: null, serverLabel: '🇳🇱 Amsterdam' })
  const seen = new Date('2026-11-21T08:00:00Z')
  await world.fixture.database.em().execute('update accesses set last_seen_at = ?', [seen])
  expect((await world.shop.listDevices(anna.id))?.shared?.lastSeenAt).toEqual(seen)
})
