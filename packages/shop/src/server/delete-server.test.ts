import { AuditEntity, EndpointEntity, ServerEntity, ServerStatEntity } from '@vpn-kiosk/db'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()

async function sell() {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  return customer
}

test('an empty server goes with its ways in and its figures', async () => {
  const id = await world.addServer()
  await world.shop.probeServers()
  expect(await world.shop.deleteServer(owner, id)).toEqual({ kind: 'deleted', accesses: 0, devices: 0, behind: 0 })
  expect([
    await em().count(ServerEntity),
    await em().count(EndpointEntity),
    await em().count(ServerStatEntity),
  ]).toEqual([0, 0, 0])
  expect(await em().findOneOrFail(AuditEntity, { action: 'delete_server' })).toMatchObject({
    subject: id,
    before: { name: id, city: 'Amsterdam' },
  })
  expect(await world.shop.deleteServer(owner, id)).toEqual({ kind: 'unknown_server' })
})

test('one that serves somebody is refused with the numbers, whatever was confirmed', async () => {
  const id = await world.addServer()
  await sell()
  const refused = { kind: 'in_use', state: 'active', accesses: 1, devices: 0, behind: 0 }
  expect(await world.shop.deleteServer(owner, id)).toEqual(refused)
  expect(await world.shop.deleteServer(owner, id, 'anything')).toEqual(refused)
})

test('a disabled one goes when everybody on it was cut off; what its endpoint never cut off needs a word of its own', async () => {
  const id = await world.addServer()
  await sell()
  world.vless.setDown(true)
  await world.shop.changeServerState(owner, id, 'disabled')
  expect(await world.shop.deleteServer(owner, id, 'cut_off')).toMatchObject({ kind: 'in_use', behind: 1 })
  world.vless.setDown(false)
  await world.processAll()
  expect(await world.shop.deleteServer(owner, id)).toMatchObject({ kind: 'in_use', behind: 0 })
  expect(await world.shop.deleteServer(owner, id, 'cut_off')).toMatchObject({ kind: 'deleted', accesses: 1 })
  expect(await em().execute('select 1 from accesses')).toEqual([])
})

test('a host that is gone for good can be deleted, and its devices get a new file on another', async () => {
  const id = await world.addServer(world.wireguard)
  const customer = await sell()
  await world.shop.addDevice({ customerId: customer.id, serverId: id, name: 'Phone' })
  await world.processAll()
  const other = await world.addServer(world.wireguard)
  await world.shop.updateServer(owner, other, { city: 'Berlin', country: 'DE' })
  world.wireguard.setDown(true)
  await world.shop.changeServerState(owner, id, 'disabled')
  expect(await world.shop.deleteServer(owner, id, 'anything')).toMatchObject({
    kind: 'deleted',
    accesses: 1,
    devices: 1,
    behind: 1,
  })
  world.wireguard.setDown(false)
  await world.shop.sweepAccesses()
  await world.processAll()
  expect((await world.shop.listDevices(customer.id))?.devices).toMatchObject([
    { name: 'Phone', serverLabel: '🇩🇪 Berlin', isReady: true },
  ])
})

test('a stranger deletes nothing', async () => {
  const id = await world.addServer()
  expect(await world.shop.deleteServer(404n, id)).toEqual({ kind: 'forbidden' })
  expect(await em().count(ServerEntity)).toBe(1)
})
