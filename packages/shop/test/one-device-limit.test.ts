import { type Customer, hourMs, type ServerId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop
let wireguard: ServerId
let anna: Customer

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer(world.vless)
  wireguard = await world.addServer(world.wireguard)
  anna = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(anna)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
})
afterEach(() => world.close())

async function add(name: string) {
  const result = await world.shop.addDevice({ customerId: anna.id, serverId: wireguard, name })
  if (result.kind !== 'added') throw new Error(result.kind)
  await world.processAll()
  return result.deviceId
}

/** How many devices the panel lets in with the shared key. */
const letIn = () => [...world.vless.accounts.values()].map(({ deviceLimit }) => deviceLimit)

test('a separate key takes a device from the shared one, and gives it back', async () => {
  expect(letIn()).toEqual([3])
  const phone = await add('phone')
  expect(letIn()).toEqual([2])
  await world.shop.revokeDevice({ customerId: anna.id, deviceId: phone })
  await world.processAll()
  expect(letIn()).toEqual([3])
})

test('the shared key works on one device, however many separate keys there are', async () => {
  for (const name of ['phone', 'laptop', 'router']) await add(name)
  expect(letIn()).toEqual([1])
})

test('keeping some of the devices gives the room of the others back', async () => {
  const phone = await add('phone')
  await add('laptop')
  expect(letIn()).toEqual([1])
  await world.shop.keepDevices(anna.id, [phone])
  await world.processAll()
  expect(letIn()).toEqual([2])
})

test('a panel that was away hears of the new limit when it returns', async () => {
  world.vless.setDown(true)
  await add('phone')
  expect(letIn()).toEqual([3])
  world.vless.setDown(false)
  world.clock.advance(hourMs)
  await world.processAll()
  expect(letIn()).toEqual([2])
})
