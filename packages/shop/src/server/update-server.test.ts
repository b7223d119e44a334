import { AuditEntity, EndpointEntity, ServerEntity } from '@vpn-kiosk/db'
import type { ServerId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()
const serverOf = (id: ServerId) => em().findOneOrFail(ServerEntity, { id })

async function sell(language: 'ru' | 'en' = 'ru') {
  const customer = await world.addCustomer()
  await world.shop.changeLanguage(customer.id, language)
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  return customer
}

async function reprovision(id: ServerId) {
  for (const endpoint of await em().find(EndpointEntity, { serverId: id }))
    await world.shop.reprovisionEndpoint(endpoint.id)
  await world.processAll()
}

test('a new city reaches what customers have, each in their language', async () => {
  const id = await world.addServer()
  const [anna, john] = [await sell('ru'), await sell('en')]
  const cityTitles = { ru: 'Berlin (ru)', en: 'Berlin' }
  expect(
    await world.shop.updateServer(owner, id, { country: 'de', city: ' Berlin ', cityTitles, position: 2 }),
  ).toEqual({ kind: 'updated' })
  await reprovision(id)
  expect([...world.vless.accounts.values()].map(({ label }) => label).sort()).toEqual(['🇩🇪 Berlin', '🇩🇪 Berlin (ru)'])
  expect((await world.shop.getKey(anna.id))?.waysIn[0]?.label).toBe('🇩🇪 Berlin (ru)')
  expect((await world.shop.getKey(john.id))?.waysIn[0]?.label).toBe('🇩🇪 Berlin')
  const audit = await em().findOneOrFail(AuditEntity, { action: 'update_server', subject: id })
  expect(audit).toMatchObject({
    actorTelegramId: owner,
    before: { country: 'NL', city: 'Amsterdam' },
    after: { country: 'DE', city: 'Berlin', cityTitles, position: 2 },
  })
})

test('a second way in of the same kind in a city is told apart, and one that moves away is not', async () => {
  const first = await world.addServer()
  const second = await world.addServer()
  await world.shop.updateServer(owner, second, { cityTitles: { en: 'Amsterdam', ru: 'AMS' } })
  const customer = await sell('en')
  const labels = async () => (await world.shop.getKey(customer.id))?.waysIn.map(({ label }) => label).sort()
  expect(await labels()).toEqual(['🇳🇱 Amsterdam', '🇳🇱 Amsterdam · 2'])
  await world.shop.updateServer(owner, first, { city: 'Rotterdam' })
  await world.shop.updateServer(owner, second, { city: 'amsterdam' })
  expect(await labels()).toEqual(['🇳🇱 Amsterdam', '🇳🇱 Rotterdam'])
})

test('what does not differ is left alone: no audit row, nothing provisioned anew', async () => {
  const id = await world.addServer()
  expect(await world.shop.updateServer(owner, id, { city: 'Amsterdam', capacity: 100 })).toEqual({ kind: 'unchanged' })
  expect(await em().count(AuditEntity)).toBe(0)
})

test('a new capacity needs no new keys', async () => {
  const id = await world.addServer()
  await sell()
  expect(await world.shop.updateServer(owner, id, { capacity: 7 })).toEqual({ kind: 'updated' })
  expect((await em().findOneOrFail(EndpointEntity, { serverId: id })).wishAfter).toBeNull()
  expect((await serverOf(id)).capacity).toBe(7)
})

test('a name that another server has is refused, also when two take it at once', async () => {
  const [first, second, third] = [await world.addServer(), await world.addServer(), await world.addServer()]
  expect(await world.shop.updateServer(owner, first, { name: 'ams-1' })).toEqual({ kind: 'updated' })
  expect(await world.shop.checkServerName(owner, ' ams-1 ')).toEqual({ kind: 'name_taken', serverId: first })
  expect(await world.shop.checkServerName(owner, 'ams-2')).toEqual({ kind: 'free' })
  expect(await world.shop.checkServerName(owner, ' ')).toEqual({ kind: 'invalid' })
  const results = await Promise.all([second, third].map((id) => world.shop.updateServer(owner, id, { name: 'ams-2' })))
  expect(results.map(({ kind }) => kind).sort()).toEqual(['name_taken', 'updated'])
})

test.each([
  [{ name: '' }, 'name'],
  [{ country: 'NLD' }, 'country'],
  [{ cityTitles: { ru: ' ' } }, 'cityTitles'],
  [{ host: 'x'.repeat(254) }, 'host'],
  [{ capacity: 1.5 }, 'capacity'],
  [{ position: 5000 }, 'position'],
])('%j is refused by field', async (change, field) => {
  const id = await world.addServer()
  expect(await world.shop.updateServer(owner, id, change)).toEqual({ kind: 'invalid', field })
})

test('an unknown server is said to be unknown, and a stranger changes nothing', async () => {
  const id = await world.addServer()
  expect(await world.shop.updateServer(owner, 'srv_nobody', { capacity: 5 })).toEqual({ kind: 'unknown_server' })
  expect(await world.shop.updateServer(404n, id, { capacity: 5 })).toEqual({ kind: 'forbidden' })
  expect(await world.shop.checkServerName(404n, 'ams-1')).toEqual({ kind: 'forbidden' })
  expect((await serverOf(id)).capacity).toBe(100)
})
