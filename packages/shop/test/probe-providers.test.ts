import {
  addDays,
  minuteMs,
  type PaymentProvider,
  ProviderBusy,
  ProviderRefused,
  type StaffAlert,
} from '@vpn-kiosk/domain'
import { createFakeProvider, createTestShop, type FakeProvider, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createShop, type Shop } from '../src/index.ts'

const owner = 1n
let world: TestShop
let coins: FakeProvider
let shop: Shop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  coins = createFakeProvider('coins')
  shop = shopWith(world.provider, coins)
  await world.addServer()
})
afterEach(() => world.close())

const shopWith = (...providers: PaymentProvider[]) =>
  createShop({ ...world.deps, providers: new Map(providers.map((one) => [one.id, one])) })

async function probe(rounds: number, at = shop) {
  for (let round = 0; round < rounds; round += 1) {
    world.clock.advance(5 * minuteMs)
    await at.probeProviders()
  }
}

async function offered() {
  const [plan] = await shop.listPlans()
  return (await shop.listPaymentMethods(plan!)).map(({ provider }) => provider)
}

const told = async (): Promise<StaffAlert[]> =>
  (await world.fixture.database.getKysely().selectFrom('alert_events').select('content').orderBy('id').execute()).map(
    ({ content }) => content,
  )

async function press(at = shop) {
  const [plan] = await shop.listPlans()
  const { id: customerId } = await world.addCustomer()
  const of = { customerId, planId: plan!.id, returnUrl: 'https://t.me/x', description: 'VPN' }
  return (await at.startPurchase({ ...of, providerId: 'coins' })).kind
}

test('a provider that fails three probes in a row is hidden and told once, and shown and told when it is well', async () => {
  coins.setDown(true)
  await probe(2)
  expect(await offered()).toEqual(['fake', 'coins'])
  await probe(3)
  expect(await offered()).toEqual(['fake'])
  const reason = 'the fake provider does not answer'
  expect(await told()).toEqual([{ kind: 'provider_down', provider: 'coins', reason }])
  const staff = await shop.listPaymentMethodsAsStaff(owner)
  expect(staff).toMatchObject({ value: [{ health: { said: null, hiddenAt: null } }, { health: { said: reason } }] })
  coins.setDown(false)
  await probe(2)
  expect(await offered()).toEqual(['fake', 'coins'])
  expect((await told()).slice(1)).toEqual([{ kind: 'provider_up', provider: 'coins' }])
})

test('a failure between two good probes hides nothing', async () => {
  for (let round = 0; round < 4; round += 1) {
    coins.setDown(true)
    await probe(2)
    coins.setDown(false)
    await probe(1)
  }
  expect(await offered()).toEqual(['fake', 'coins'])
  expect(await told()).toEqual([])
})

test('a provider that sells is not hidden because its probe fails', async () => {
  const probing = async () => {
    throw new ProviderRefused('this key may not see the account')
  }
  shop = shopWith(world.provider, { ...coins, probe: probing })
  for (let round = 0; round < 5; round += 1) {
    await probe(1)
    world.clock.advance(minuteMs)
    expect(await press()).toBe('invoice')
  }
  expect(await offered()).toEqual(['fake', 'coins'])
  await probe(4)
  expect(await offered()).toEqual(['fake'])
  // A button that is still on somebody's screen finds out that it works.
  expect(await press()).toBe('invoice')
  await probe(1)
  expect(await offered()).toEqual(['fake', 'coins'])
})

test('a provider that is asked too often counts as neither well nor down', async () => {
  const probing = async () => {
    throw new ProviderBusy('too many requests', null)
  }
  shop = shopWith(world.provider, { ...coins, probe: probing })
  await probe(5)
  expect(await offered()).toEqual(['fake', 'coins'])
})

test('when every method is hidden staff are told so once, and again when one is well or another is offered', async () => {
  coins.setDown(true)
  world.provider.setDown(true)
  await probe(4)
  expect(await offered()).toEqual([])
  const kinds = async () => (await told()).map(({ kind }) => kind)
  expect(await kinds()).toEqual(['provider_down', 'provider_down', 'nobody_can_pay'])
  coins.setDown(false)
  await probe(2)
  expect((await kinds()).slice(3)).toEqual(['provider_up', 'payment_again'])
  await shop.changePaymentMethod(owner, 'coins', { isOffered: false })
  await probe(1)
  expect(await offered()).toEqual([])
  expect((await kinds()).slice(5)).toEqual(['nobody_can_pay'])
})

test('of a provider that is switched off nobody hears', async () => {
  await shop.changePaymentMethod(owner, 'coins', { isOffered: false })
  coins.setDown(true)
  await probe(4)
  coins.setDown(false)
  await probe(1)
  expect(await told()).toEqual([])
})

test('two processes that probe at once count one failure', async () => {
  coins.setDown(true)
  for (let round = 0; round < 2; round += 1) {
    world.clock.advance(5 * minuteMs)
    await Promise.all([shop.probeProviders(), shop.probeProviders(), shopWith(coins).probeProviders()])
  }
  expect(await offered()).toEqual(['fake', 'coins'])
  await probe(1)
  expect(await offered()).toEqual(['fake'])
})

test('a key that runs out within two weeks is told of once, and its successor again in its turn', async () => {
  const account = { isTest: null, isEnabled: true, needsReceipts: false }
  const ending = (keyExpiresAt: Date) =>
    shopWith({ ...coins, probe: async () => ({ ...account, keyExpiresAt }) } as PaymentProvider)
  const first = addDays(world.clock.now(), 15)
  await probe(1, ending(first))
  expect(await told()).toEqual([])
  world.clock.advance(2 * 24 * 60 * minuteMs)
  await probe(3, ending(first))
  expect(await told()).toEqual([{ kind: 'key_ends', provider: 'coins', until: first.toISOString() }])
  const second = addDays(world.clock.now(), 3)
  await Promise.all([probe(1, ending(second)), ending(second).probeProviders()])
  expect(await told()).toHaveLength(2)
})
