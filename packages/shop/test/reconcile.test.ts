import { AccessEntity, EndpointEntity } from '@vpn-kiosk/db'
import {
  type AccountId,
  addMs,
  type DropResult,
  dayMs,
  dropRestMs,
  type EndpointHealth,
  type VpnDriver,
  watchCutMs,
} from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop
let health: Partial<EndpointHealth>
let drops: AccountId[][]
let dropResult: DropResult

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  health = {}
  drops = []
  dropResult = { kind: 'restarted' }
  const open = world.vless.open
  Object.assign(world.vless, {
    open: (...of: Parameters<typeof open>): VpnDriver => {
      const driver = open(...of)
      return {
        ...driver,
        probe: async () => ({ ...(await driver.probe()), ...health }) as EndpointHealth,
        dropConnections: async (accounts) => {
          drops.push([...accounts])
          return dropResult
        },
      }
    },
  })
  await world.addServer()
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()
const endpoint = () => em().findOneOrFail(EndpointEntity, { driver: 'fake-vless' })
const queued = async (name: string) =>
  (await em().execute<object[]>(`select 1 from pgboss.job where name = ? and state < 'active'`, [name])).length

async function sell() {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  world.clock.advance(1000)
  return customer
}

test('end, limits and secrets that a restored panel took back are told by name and mended', async () => {
  await sell()
  const [spec] = [...world.vless.accounts.values()]
  const old = {
    ...spec!,
    expiresAt: addMs(spec!.expiresAt!, -30 * dayMs),
    trafficLimitBytes: 5n,
    secrets: { uuid: 'x' },
  }
  world.vless.accounts.set(old.account, old)
  const seen = await world.shop.reconcileEndpoints(true)
  expect(seen.map(({ kind, differences }) => [kind, differences])).toEqual([
    ['changed', ['secrets', 'end', 'traffic_limit']],
  ])
  expect(world.vless.accounts.get(old.account)).toEqual(old)
  await world.shop.reconcileEndpoints()
  await world.processAll()
  expect(world.vless.accounts.get(old.account)).toEqual(spec)
  world.clock.advance(1000)
  expect(await world.shop.reconcileEndpoints()).toEqual([])
})

test('a panel that comes back, or whose core was restarted, is reconciled at once; else it is not', async () => {
  await world.shop.probeServers()
  health = { runningSince: new Date('2026-11-21T08:00:00Z') } as Partial<EndpointHealth>
  world.clock.advance(30_000)
  await world.shop.probeServers()
  world.clock.advance(30_000)
  await world.shop.probeServers()
  expect(await queued('reconcile-endpoint')).toBe(0)
  health = { runningSince: new Date('2026-11-21T09:00:40Z') } as Partial<EndpointHealth>
  await world.shop.probeServers()
  expect(await queued('reconcile-endpoint')).toBe(1)
  await em().execute(`delete from pgboss.job where name = 'reconcile-endpoint'`)
  world.vless.setDown(true)
  await world.shop.probeServers()
  world.vless.setDown(false)
  await world.shop.probeServers()
  expect(await queued('reconcile-endpoint')).toBe(1)
})

test('a core that was seen stopped, and started anew since, is reconciled at once', async () => {
  health = { runningSince: new Date('2026-11-21T08:00:00Z') } as Partial<EndpointHealth>
  await world.shop.probeServers()
  const stopped = { kind: 'degraded', reason: 'x', problems: [{ code: 'core_stopped', detail: '' }] } as const
  health = { ...stopped, takesNewcomers: false, runningSince: null } as Partial<EndpointHealth>
  await world.shop.probeServers()
  expect(await queued('reconcile-endpoint')).toBe(0)
  health = { runningSince: new Date('2026-11-21T09:00:40Z') } as Partial<EndpointHealth>
  await world.shop.probeServers()
  expect(await queued('reconcile-endpoint')).toBe(1)
})

test('an endpoint of which a part is broken is told once, and takes newcomers only while something works', async () => {
  const broken = { kind: 'degraded', reason: 'x', problems: [{ code: 'inbound_off', detail: 'WS :8443' }] } as const
  health = { ...broken, takesNewcomers: false } as Partial<EndpointHealth>
  await world.shop.probeServers()
  await world.shop.probeServers()
  const told = await em().execute<object[]>(`select 1 from alert_events where content->>'kind' = 'endpoint_degraded'`)
  expect(told).toHaveLength(1)
  expect(await endpoint()).toMatchObject({ takesNewcomers: false, problems: broken.problems })
  await sell()
  expect(await em().count(AccessEntity)).toBe(0)
  health = {}
  await world.shop.probeServers()
  await world.shop.sweepAccesses()
  await world.processAll()
  expect([await em().count(AccessEntity), (await endpoint()).problems]).toEqual([1, null])
})

test('what customers get there has changed: each access is provisioned anew', async () => {
  health = { documentsKey: 'one' } as Partial<EndpointHealth>
  await world.shop.probeServers()
  await world.shop.probeServers()
  expect(await queued('reprovision-endpoint')).toBe(0)
  health = { documentsKey: 'two' } as Partial<EndpointHealth>
  await world.shop.probeServers()
  expect(await queued('reprovision-endpoint')).toBe(1)
})

test('connections of who was cut are ended, nobody is interrupted more often than the rest allows', async () => {
  const [anna, boris] = [await sell(), await sell()]
  await world.shop.dropConnections()
  expect(drops).toEqual([])
  await world.shop.banCustomer(owner, anna.id)
  await world.processAll()
  await world.shop.dropConnections()
  expect(drops.map((accounts) => accounts.length)).toEqual([1])
  await world.shop.banCustomer(owner, boris.id)
  await world.processAll()
  await world.shop.dropConnections()
  expect(drops).toHaveLength(1)
  world.clock.advance(dropRestMs)
  await world.shop.dropConnections()
  await world.shop.dropConnections()
  expect(drops.map((accounts) => accounts.length)).toEqual([1, 1])
  expect(drops[0]).not.toEqual(drops[1])
})

test('who was idle at the cut is watched until the core has given the connection up', async () => {
  dropResult = { kind: 'nobody_online' }
  const anna = await sell()
  await world.shop.banCustomer(owner, anna.id)
  await world.processAll()
  await world.shop.dropConnections()
  await world.shop.dropConnections()
  expect(drops).toHaveLength(2)
  world.clock.advance(watchCutMs + 1)
  await world.shop.dropConnections()
  expect(drops).toHaveLength(2)
})
