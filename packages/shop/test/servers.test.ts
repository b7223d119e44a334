import { AuditEntity, EndpointEntity, ServerEntity, ServerStatEntity } from '@vpn-kiosk/db'
import { EndpointRefused, type ServerId } from '@vpn-kiosk/domain'
import type { NewServer } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

const owner = 1n
const stranger = 404n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const amsterdam: NewServer = {
  name: 'ams-1',
  country: 'nl',
  city: 'Amsterdam',
  host: 'panel.test',
  capacity: 100,
  driver: 'fake-vless',
  settings: { url: 'https://panel.test' },
  secrets: { password: 'hunter2-very-secret' },
}

const em = () => world.fixture.database.em()
const stateOf = async (id: ServerId) => (await em().findOneOrFail(ServerEntity, { id })).state
const staffAlerts = async () =>
  (await em().execute<{ kind: string }[]>(`select content->>'kind' as kind from alert_events order by id`)).map(
    (row) => row.kind,
  )

async function sell() {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  return customer
}

describe('adding a server', () => {
  test('the connection is tested, the secrets are sealed and the audit log holds none of them', async () => {
    const result = await world.shop.addServer(owner, amsterdam)
    expect(result).toMatchObject({ kind: 'added', health: { kind: 'up' } })
    const endpoint = await em().findOneOrFail(EndpointEntity, { driver: 'fake-vless' })
    expect(endpoint.secrets).not.toContain('hunter2')
    expect(world.deps.vault.open(endpoint.secrets, `endpoints.secrets:${endpoint.id}`)).toEqual({
      password: 'hunter2-very-secret',
    })
    const audit = await em().findOneOrFail(AuditEntity, { action: 'add_server' })
    expect(JSON.stringify([audit.before, audit.after])).not.toContain('hunter2')
    expect(audit).toMatchObject({ actorTelegramId: owner, after: { name: 'ams-1', country: 'NL' } })
  })

  test('a server that does not answer is not saved', async () => {
    world.vless.setDown(true)
    expect(await world.shop.addServer(owner, amsterdam)).toMatchObject({ kind: 'unreachable' })
    expect(await em().count(ServerEntity)).toBe(0)
    expect(await em().count(EndpointEntity)).toBe(0)
  })

  test('settings that the driver refuses are told in its own words', async () => {
    world.deps.drivers.get('fake-vless')!.parse = () => {
      throw new EndpointRefused('the token is wrong')
    }
    expect(await world.shop.addServer(owner, amsterdam)).toEqual({
      kind: 'refused',
      reason: 'the token is wrong',
      code: 'other',
    })
    expect(await em().count(ServerEntity)).toBe(0)
  })

  test('a name is given once, also by two admins at once', async () => {
    const results = await Promise.all([1, 2, 3].map(() => world.shop.addServer(owner, amsterdam)))
    expect(results.map((result) => result.kind).sort()).toEqual(['added', 'name_taken', 'name_taken'])
  })

  test('pressed twice at once, one server is added and both are told so', async () => {
    const pressed = { ...amsterdam, requestId: 'req-1' }
    const results = await Promise.all([1, 2, 3].map(() => world.shop.addServer(owner, pressed)))
    const [first] = results
    expect(first?.kind).toBe('added')
    expect(results.map((result) => ('serverId' in result ? result.serverId : result.kind))).toEqual(
      Array(3).fill(first?.kind === 'added' && first.serverId),
    )
    expect(await world.shop.addServer(owner, pressed)).toMatchObject({ kind: 'added', health: { kind: 'up' } })
    expect([await em().count(ServerEntity), await em().count(EndpointEntity)]).toEqual([1, 1])
    expect(await em().count(AuditEntity, { action: 'add_server' })).toBe(1)
  })

  test('a city in each language is kept; the second of a kind in a city has a number of its own', async () => {
    const cityTitles = { ru: 'AMS', en: 'Amsterdam' }
    await world.shop.addServer(owner, { ...amsterdam, cityTitles })
    await world.shop.addServer(owner, { ...amsterdam, name: 'ams-2', settings: { url: 'https://two.test' } })
    expect((await em().findOneOrFail(ServerEntity, { name: 'ams-1' })).cityTitles).toEqual(cityTitles)
    const ordinals = await em().find(EndpointEntity, {}, { orderBy: { createdAt: 'asc', ordinal: 'asc' } })
    expect(ordinals.map(({ ordinal }) => ordinal)).toEqual([1, 2])
  })

  test.each([
    [{ name: ' ' }, 'name'],
    [{ country: 'Nederland' }, 'country'],
    [{ city: '' }, 'city'],
    [{ capacity: 0 }, 'capacity'],
    [{ protocol: 'openvpn' as const }, 'protocol'],
  ])('%j is refused by field', async (change, field) => {
    expect(await world.shop.addServer(owner, { ...amsterdam, ...change })).toEqual({ kind: 'invalid', field })
  })

  test('a running subscription gets a key on the new server', async () => {
    await sell()
    expect(world.vless.created).toHaveLength(0)
    await world.shop.addServer(owner, amsterdam)
    await world.shop.sweepAccesses()
    await world.processAll()
    expect(world.vless.created).toHaveLength(1)
  })
})

describe('adding a second way in', () => {
  const wireguard = { driver: 'fake-wireguard', settings: { host: 'wg.test' }, secrets: { password: 'wg-secret' } }

  test('it stands on the same place, once, however often it is pressed, and the audit log holds no secret', async () => {
    const id = await world.addServer()
    const pressed = { ...wireguard, requestId: 'req-2' }
    const results = await Promise.all([1, 2].map(() => world.shop.addEndpoint(owner, id, pressed)))
    expect(results.map(({ kind }) => kind)).toEqual(['added', 'added'])
    expect(await world.shop.getServerCard(owner, id)).toMatchObject({
      value: { endpoints: [{ driver: 'fake-vless' }, { driver: 'fake-wireguard' }] },
    })
    const audit = await em().findOneOrFail(AuditEntity, { action: 'add_endpoint', subject: id })
    expect(JSON.stringify(audit.after)).not.toContain('wg-secret')
  })

  test('what does not answer, what another server has and an unknown place are refused', async () => {
    const id = await world.addServer()
    expect(await world.shop.addEndpoint(owner, 'srv_nobody', wireguard)).toEqual({ kind: 'unknown_server' })
    expect(await world.shop.addEndpoint(owner, id, wireguard)).toMatchObject({ kind: 'added' })
    const other = await world.addServer()
    expect(await world.shop.addEndpoint(owner, other, wireguard)).toMatchObject({ kind: 'same_panel', serverId: id })
    world.vless.setDown(true)
    const vless = { driver: 'fake-vless', settings: { url: 'https://two.test' }, secrets: {} }
    expect(await world.shop.addEndpoint(owner, id, vless)).toMatchObject({ kind: 'unreachable' })
    expect(await em().count(EndpointEntity)).toBe(3)
  })
})

describe('taking a server out', () => {
  test('disabling cuts everybody off on it, enabling lets them in again', async () => {
    const id = await world.addServer()
    await sell()
    const account = () => [...world.vless.accounts.values()][0]!
    expect(account().enabled).toBe(true)
    expect(await world.shop.changeServerState(owner, id, 'disabled')).toEqual({ kind: 'changed', before: 'active' })
    await world.processAll()
    expect(account().enabled).toBe(false)
    await world.shop.changeServerState(owner, id, 'active')
    await world.processAll()
    expect(account().enabled).toBe(true)
    expect(await em().count(AuditEntity, { action: 'change_server_state', subject: id })).toBe(2)
  })

  test('the sweep hands out the wish at once', async () => {
    const id = await world.addServer()
    await sell()
    await world.shop.changeServerState(owner, id, 'disabled')
    const jobs = async () => (await em().execute(`select 1 from pgboss.job where name = 'provision-access'`)).length
    const before = await jobs()
    await world.shop.sweepAccesses()
    expect(await jobs()).toBe(before + 1)
  })

  test('a disabled server can only be enabled, and an unknown one is said to be unknown', async () => {
    const id = await world.addServer()
    await world.shop.changeServerState(owner, id, 'disabled')
    expect(await world.shop.changeServerState(owner, id, 'draining')).toEqual({
      kind: 'not_possible',
      state: 'disabled',
    })
    expect(await world.shop.changeServerState(owner, 'srv_nobody', 'active')).toEqual({ kind: 'unknown_server' })
  })
})

describe('probing', () => {
  test('three failures in a row take a server down and tell the staff once; an answer brings it back', async () => {
    const id = await world.addServer()
    world.vless.setDown(true)
    await world.shop.probeServers()
    await world.shop.probeServers()
    expect(await stateOf(id)).toBe('active')
    expect(await staffAlerts()).toEqual([])
    for (let round = 0; round < 4; round++) await world.shop.probeServers()
    expect(await stateOf(id)).toBe('down')
    expect(await staffAlerts()).toEqual(['server_down'])
    world.vless.setDown(false)
    expect(await world.shop.probeServers()).toEqual({ up: 1, degraded: 0, down: 0 })
    expect(await stateOf(id)).toBe('active')
    expect(await staffAlerts()).toEqual(['server_down', 'server_up'])
  })

  test('rounds at the same time tell the staff once', async () => {
    await world.addServer()
    world.vless.setDown(true)
    await Promise.all(Array.from({ length: 6 }, () => world.shop.probeServers()))
    expect(await staffAlerts()).toEqual(['server_down'])
  })

  test('a draining server that comes back is still draining', async () => {
    const id = await world.addServer()
    await world.shop.changeServerState(owner, id, 'draining')
    world.vless.setDown(true)
    for (let round = 0; round < 3; round++) await world.shop.probeServers()
    world.vless.setDown(false)
    await world.shop.probeServers()
    expect(await stateOf(id)).toBe('draining')
    expect(await staffAlerts()).toEqual(['server_down', 'server_up'])
  })

  test('one that fails keeps no other from being asked, and what waited for it is hurried when it is back', async () => {
    await world.addServer()
    const other = await world.addServer(world.wireguard)
    world.vless.setDown(true)
    await sell()
    for (let round = 0; round < 3; round++)
      expect(await world.shop.probeServers()).toEqual({ up: 1, degraded: 0, down: 1 })
    expect(await stateOf(other)).toBe('active')
    world.vless.setDown(false)
    await world.shop.probeServers()
    const [row] = await em().execute<{ due: boolean }[]>('select next_attempt_at < ? as due from accesses', [
      world.clock.now(),
    ])
    expect(row?.due).toBe(true)
  })

  test('figures are kept for thirty days', async () => {
    await world.addServer()
    await world.shop.probeServers()
    expect(await em().count(ServerStatEntity)).toBe(1)
    world.clock.advance(31 * 24 * 3_600_000)
    await world.shop.probeServers()
    expect(await em().count(ServerStatEntity)).toBe(1)
    const servers = await world.shop.listServers(owner)
    expect(servers).toMatchObject({
      kind: 'seen',
      value: [{ health: 'up', accesses: 0, capacity: 100, endpoints: [{ version: 'fake', cpuPercent: 1 }] }],
    })
  })
})

test('a stranger changes and sees nothing of the servers', async () => {
  const id = await world.addServer()
  const refused = { kind: 'forbidden' }
  expect(await world.shop.addServer(stranger, amsterdam)).toEqual(refused)
  expect(await world.shop.discoverEndpoint(stranger, amsterdam)).toEqual(refused)
  expect(await world.shop.addEndpoint(stranger, id, amsterdam)).toEqual(refused)
  expect(await world.shop.changeServerState(stranger, id, 'disabled')).toEqual(refused)
  expect(await world.shop.listServers(stranger)).toEqual(refused)
  expect(await world.shop.getServerCard(stranger, id)).toEqual(refused)
  expect(await stateOf(id)).toBe('active')
  expect(await em().count(AuditEntity)).toBe(0)
})
