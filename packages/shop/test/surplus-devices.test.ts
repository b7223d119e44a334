import { NotificationEntity, PlanEntity } from '@vpn-kiosk/db'
import { type Customer, dayMs, hourMs, newId, type ServerId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop
let serverId: ServerId
let anna: Customer

const em = () => world.fixture.database.em()

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  serverId = await world.addServer(world.wireguard)
  anna = await world.addCustomer()
  await em().insert(PlanEntity, {
    id: newId('plan'),
    code: 'single',
    title: { ru: 'single', en: 'single' },
    days: 30,
    priceMinor: 10_000n,
    currency: 'RUB',
    trafficLimitBytes: null,
    deviceLimit: 1,
    position: 10,
    createdAt: world.clock.now(),
  })
  await buy('month')
  await buy('single')
})
afterEach(() => world.close())

async function buy(planCode: string) {
  const { paymentId, reference } = await world.openInvoice(anna, planCode)
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
}

async function add(name: string, requestId?: string) {
  const result = await world.shop.addDevice({
    customerId: anna.id,
    serverId,
    name,
    ...(requestId ? { requestId } : {}),
  })
  world.clock.advance(1)
  if (result.kind !== 'added') throw new Error(result.kind)
  return result.deviceId
}

const names = async () => (await world.shop.listDevices(anna.id))!.devices.map(({ name }) => name)
const told = (kind: string) => em().find(NotificationEntity, { key: { $like: `${kind}:%` } })

/** Into the stretch that allows one device. */
async function begin() {
  world.clock.advance(30 * dayMs)
  await world.shop.startStretches()
  await world.shop.enforceDeviceLimit()
}

test('a smaller limit closes nothing at once: the customer is told and has a day to choose', async () => {
  for (const name of ['phone', 'laptop', 'router']) await add(name)
  await begin()
  await world.shop.enforceDeviceLimit()
  expect(await names()).toEqual(['phone', 'laptop', 'router'])
  expect(await told('surplus')).toMatchObject([{ content: { kind: 'devices_over_limit' }, state: 'queued' }])
  expect(await world.shop.listDevices(anna.id)).toMatchObject({ deviceLimit: 1, surplusClosesAt: expect.any(Date) })
})

test('what the customer keeps stays, and nothing more is closed', async () => {
  const [, laptop] = [await add('phone'), await add('laptop'), await add('router')]
  await begin()
  expect(await world.shop.keepDevices(anna.id, [laptop])).toEqual({ kind: 'kept', closed: 2 })
  world.clock.advance(25 * hourMs)
  expect(await world.shop.enforceDeviceLimit()).toBe(0)
  expect(await names()).toEqual(['laptop'])
  await world.processAll()
  expect([...world.wireguard.accounts.values()]).toHaveLength(1)
})

test('who does not choose keeps what was used last, and hears which were closed', async () => {
  const phone = await add('phone')
  await add('never used')
  const router = await add('router')
  await em().execute('update accesses set last_seen_at = ? where device_id = ?', [world.clock.now(), phone])
  const earlier = new Date(world.clock.now().getTime() - dayMs)
  await em().execute('update accesses set last_seen_at = ? where device_id = ?', [earlier, router])
  await begin()
  world.clock.advance(25 * hourMs)
  const closed = await Promise.all([world.shop.enforceDeviceLimit(), world.shop.enforceDeviceLimit()])
  expect(closed.sort()).toEqual([0, 2])
  expect(await names()).toEqual(['phone'])
  expect(await told('closed')).toMatchObject([{ content: { kind: 'devices_closed', names: ['router', 'never used'] } }])
})

test('a bigger plan in time leaves everything', async () => {
  for (const name of ['phone', 'laptop']) await add(name)
  await begin()
  await em().execute(`update subscription_periods set traffic_limit_bytes = 5 where device_limit = 1`)
  await world.shop.revokeDevice({
    customerId: anna.id,
    deviceId: (await world.shop.listDevices(anna.id))!.devices[1]!.id,
  })
  expect(await world.shop.listDevices(anna.id)).toMatchObject({ surplusClosesAt: null })
  world.clock.advance(25 * hourMs)
  expect(await world.shop.enforceDeviceLimit()).toBe(0)
  expect(await names()).toEqual(['phone'])
})

test('too many, none, or somebody else’s are refused', async () => {
  const phone = await add('phone')
  const laptop = await add('laptop')
  await begin()
  expect(await world.shop.keepDevices(anna.id, [phone, laptop])).toEqual({ kind: 'too_many', deviceLimit: 1 })
  expect(await world.shop.keepDevices(anna.id, [])).toEqual({ kind: 'none_chosen' })
  const boris = await world.addCustomer('Boris')
  expect(await world.shop.keepDevices(boris.id, [phone])).toEqual({ kind: 'none_chosen' })
  expect(await names()).toEqual(['phone', 'laptop'])
})

test('ten presses of one button at once make one device', async () => {
  const results = await Promise.all(
    Array.from({ length: 10 }, () =>
      world.shop.addDevice({ customerId: anna.id, serverId, name: 'phone', requestId: 'req00001' }),
    ),
  )
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
  expect(await names()).toEqual(['phone'])
})
