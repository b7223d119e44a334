import { AuditEntity, EndpointEntity, ServerEntity } from '@vpn-kiosk/db'
import { type EndpointId, EndpointRefused, type ServerId } from '@vpn-kiosk/domain'
import type { NewServer } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'

const owner = 1n
const stranger = 404n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()

const amsterdam: NewServer = {
  name: 'ams-1',
  country: 'NL',
  city: 'Amsterdam',
  host: 'panel.test',
  capacity: 100,
  driver: 'fake-vless',
  settings: { url: 'https://panel.test', inboundIds: [1, 2] },
  secrets: { password: 'old-secret', twoFactorSecret: 'SEED' },
}

async function addAmsterdam(): Promise<{ serverId: ServerId; endpointId: EndpointId }> {
  const added = await world.shop.addServer(owner, amsterdam)
  if (added.kind !== 'added') throw new Error(`expected a server, got ${added.kind}`)
  const endpoint = await em().findOneOrFail(EndpointEntity, { serverId: added.serverId })
  return { serverId: added.serverId, endpointId: endpoint.id }
}

const secretsOf = async (id: EndpointId) =>
  world.deps.vault.open((await em().findOneOrFail(EndpointEntity, { id })).secrets, `endpoints.secrets:${id}`)

async function sell() {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
}

test('a new password is tested, sealed and tried at once; what was left out stays, and the audit log holds no secret', async () => {
  const { endpointId } = await addAmsterdam()
  await sell()
  const before = (await em().execute<{ desired_revision: number }[]>('select desired_revision from accesses'))[0]
  const change = { secrets: { password: 'new-secret' } }
  expect(await world.shop.updateEndpoint(owner, endpointId, change)).toMatchObject({
    kind: 'updated',
    health: { kind: 'up' },
  })
  expect(await secretsOf(endpointId)).toEqual({ password: 'new-secret', twoFactorSecret: 'SEED' })
  const audit = await em().findOneOrFail(AuditEntity, { action: 'update_endpoint', subject: endpointId })
  expect(JSON.stringify([audit.before, audit.after])).not.toMatch(/secret"?:|SEED|new-secret/)
  expect(audit.after).toMatchObject({ changedSecrets: ['password'] })
  // What customers have is the same: nothing is provisioned anew.
  await world.shop.reprovisionEndpoint(endpointId)
  expect((await em().execute('select desired_revision from accesses'))[0]).toEqual(before)
})

test('a token takes the place of the password', async () => {
  const { endpointId } = await addAmsterdam()
  await world.shop.updateEndpoint(owner, endpointId, { secrets: { token: 't', password: null, twoFactorSecret: null } })
  expect(await secretsOf(endpointId)).toEqual({ token: 't' })
})

test('an endpoint that was down is tried at once when its new credentials work, and the staff hear that it is back', async () => {
  const { serverId, endpointId } = await addAmsterdam()
  world.vless.setDown(true)
  await sell()
  for (let round = 0; round < 3; round++) await world.shop.probeServers()
  expect((await em().findOneOrFail(ServerEntity, { id: serverId })).state).toBe('down')
  world.vless.setDown(false)
  await world.shop.updateEndpoint(owner, endpointId, { secrets: { password: 'new' } })
  expect((await em().findOneOrFail(ServerEntity, { id: serverId })).state).toBe('active')
  const [access] = await em().execute<{ is_due: boolean }[]>('select next_attempt_at < ? as is_due from accesses', [
    world.clock.now(),
  ])
  expect(access?.is_due).toBe(true)
  await world.processAll()
  expect(world.vless.accounts.size).toBe(1)
})

test('credentials that the endpoint refuses are not saved', async () => {
  const { endpointId } = await addAmsterdam()
  world.deps.drivers.get('fake-vless')!.parse = () => {
    throw new EndpointRefused('wrong password', { code: 'wrong_credentials' })
  }
  expect(await world.shop.updateEndpoint(owner, endpointId, { secrets: { password: 'bad' } })).toMatchObject({
    kind: 'refused',
    code: 'wrong_credentials',
  })
  expect(await secretsOf(endpointId)).toMatchObject({ password: 'old-secret' })
})

test('other inbounds are provisioned to everybody, by pages and once', async () => {
  const { endpointId } = await addAmsterdam()
  for (let count = 0; count < 3; count++) await sell()
  await world.shop.updateEndpoint(owner, endpointId, { settings: { inboundIds: [1] } })
  const endpoint = await em().findOneOrFail(EndpointEntity, { id: endpointId })
  expect(endpoint.settings).toEqual({ url: 'https://panel.test', inboundIds: [1] })
  await Promise.all([1, 2].map(() => world.shop.reprovisionEndpoint(endpointId)))
  const rows = await em().execute<{ ahead: number }[]>(
    'select desired_revision - applied_revision as ahead from accesses',
  )
  expect(rows.map(({ ahead }) => ahead)).toEqual([1, 1, 1])
  await world.shop.reprovisionEndpoint(endpointId)
  await world.processAll()
  expect((await em().findOneOrFail(EndpointEntity, { id: endpointId })).wishAfter).toBeNull()
})

test('what is there and what was chosen are compared', async () => {
  const { endpointId } = await addAmsterdam()
  world.vless.discover = async () => ({
    facts: { panel: '3.6' },
    choices: [
      { setting: 'inboundIds', value: '2', label: 'ws :8443' },
      { setting: 'inboundIds', value: '3', label: 'reality :443' },
    ],
    questions: [],
    problems: [],
    found: {},
  })
  expect(await world.shop.rediscoverEndpoint(owner, endpointId)).toMatchObject({
    kind: 'found',
    choices: [
      { value: '2', isChosen: true },
      { value: '3', isChosen: false },
    ],
    missing: [{ setting: 'inboundIds', value: '1' }],
  })
})

/** No probe answers before so many have been asked: whoever changes an endpoint has read it by then. */
function probeTogether(count: number): void {
  const open = world.vless.open
  const { promise: allAsked, resolve } = Promise.withResolvers<void>()
  let asked = 0
  vi.spyOn(world.vless, 'open').mockImplementation((...config) => {
    const driver = open(...config)
    const probe = async () => {
      asked += 1
      if (asked === count) resolve()
      await allAsked
      return driver.probe()
    }
    return { ...driver, probe }
  })
}

test('of two who change it at once the second is told to look again', async () => {
  const { endpointId } = await addAmsterdam()
  probeTogether(2)
  const results = await Promise.all(
    ['one', 'two'].map((password) => world.shop.updateEndpoint(owner, endpointId, { secrets: { password } })),
  )
  expect(results.map(({ kind }) => kind).sort()).toEqual(['changed_meanwhile', 'updated'])
})

test('of two presses of one button at once both are told that it was saved, and it is saved once', async () => {
  const { endpointId } = await addAmsterdam()
  const change = { secrets: { password: 'twice' }, settings: { inboundIds: [2] } }
  probeTogether(2)
  const results = await Promise.all([1, 2].map(() => world.shop.updateEndpoint(owner, endpointId, change)))
  expect(results.map(({ kind }) => kind)).toEqual(['updated', 'updated'])
  expect(await em().count(AuditEntity, { action: 'update_endpoint' })).toBe(1)
})

test('a panel that another server has is refused, by its address and by the accounts on it', async () => {
  const { endpointId } = await addAmsterdam()
  const again = { ...amsterdam, name: 'ams-2' }
  expect(await world.shop.addServer(owner, again)).toMatchObject({ kind: 'same_panel', serverName: 'ams-1' })
  await sell()
  const otherAddress = { ...again, settings: { url: 'https://10.0.0.1' } }
  expect(await world.shop.addServer(owner, otherAddress)).toMatchObject({ kind: 'same_panel', serverName: 'ams-1' })
  expect(await em().count(ServerEntity)).toBe(1)
  expect(await world.shop.updateEndpoint(owner, endpointId, { settings: { url: 'https://10.0.0.1' } })).toMatchObject({
    kind: 'updated',
  })
})

test('the card holds settings and names of secrets, none of their values', async () => {
  const { endpointId } = await addAmsterdam()
  const seen = await world.shop.getEndpointCard(owner, endpointId)
  expect(seen).toMatchObject({ value: { serverName: 'ams-1', secretNames: ['password', 'twoFactorSecret'] } })
  expect(JSON.stringify(seen)).not.toContain('old-secret')
})

test('a stranger changes and sees nothing; an unknown endpoint is said to be unknown', async () => {
  const { endpointId } = await addAmsterdam()
  const refused = { kind: 'forbidden' }
  expect(await world.shop.updateEndpoint(stranger, endpointId, {})).toEqual(refused)
  expect(await world.shop.rediscoverEndpoint(stranger, endpointId)).toEqual(refused)
  expect(await world.shop.getEndpointCard(stranger, endpointId)).toEqual(refused)
  expect(await world.shop.updateEndpoint(owner, 'end_nothing', {})).toEqual({ kind: 'unknown_endpoint' })
  expect(await world.shop.rediscoverEndpoint(owner, 'end_nothing')).toEqual({ kind: 'unknown_endpoint' })
})

test('whoever was left alone for refusing our login is asked again once a test was let in, with nothing changed', async () => {
  const { endpointId } = await addAmsterdam()
  const rest = { restKey: 'as it is', restCode: 'login_locked', restReason: 'locked' } as const
  const restsUntil = new Date(world.clock.now().getTime() + 3_600_000)
  await em().nativeUpdate(
    EndpointEntity,
    { id: endpointId },
    { ...rest, refusals: 3, restsUntil, triedUntil: restsUntil },
  )
  expect(await world.shop.updateEndpoint(owner, endpointId, {})).toMatchObject({ kind: 'updated' })
  expect(await em().findOneOrFail(EndpointEntity, { id: endpointId })).toMatchObject({
    refusals: 0,
    restKey: null,
    restsUntil: null,
    triedUntil: null,
  })
})
