import { AccessEntity, EndpointEntity } from '@vpn-kiosk/db'
import { addMs, EndpointRefused, EndpointResting, minuteMs, type VpnDriver } from '@vpn-kiosk/domain'
import { createEndpointPool } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

let world: TestShop
let logins: Date[]
let isRefusing: boolean

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  logins = []
  isRefusing = false
  const open = world.vless.open
  Object.assign(world.vless, {
    open: (...of: Parameters<typeof open>): VpnDriver => {
      const driver = open(...of)
      const knock = () => {
        logins.push(world.clock.now())
        if (isRefusing) throw new EndpointRefused('login: wrong', { code: 'wrong_credentials' })
      }
      return {
        ...driver,
        ensureAccount: async (spec) => {
          knock()
          return driver.ensureAccount(spec)
        },
        probe: async () => {
          knock()
          return driver.probe()
        },
      }
    },
  })
  await world.addServer()
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()
const endpoint = () => em().findOneOrFail(EndpointEntity, { driver: 'fake-vless' })
const told = async (kind: string) =>
  (await em().execute<object[]>(`select 1 from alert_events where content->>'kind' = ?`, [kind])).length

/** Another process: nothing of its memory is shared. */
const otherPool = () =>
  createEndpointPool({
    drivers: world.deps.drivers,
    vault: world.deps.vault,
    clock: world.clock,
    rests: { db: world.fixture.database, queue: world.queue },
  })
const knock = async (pool = world.deps.endpoints) => pool.open(await endpoint()).probe()

test('a refused login is not repeated by any process before a quarter of an hour is over, then once, and more rarely', async () => {
  isRefusing = true
  await expect(knock()).rejects.toMatchObject({ code: 'wrong_credentials' })
  for (let minute = 0; minute < 14; minute++) {
    for (const pool of [world.deps.endpoints, otherPool()])
      await expect(knock(pool)).rejects.toBeInstanceOf(EndpointResting)
    world.clock.advance(minuteMs)
  }
  expect(logins).toHaveLength(1)
  world.clock.advance(minuteMs)
  const pools = [world.deps.endpoints, otherPool(), otherPool()]
  await Promise.allSettled(pools.map(knock))
  expect(logins).toHaveLength(2)
  world.clock.advance(16 * minuteMs)
  await expect(knock()).rejects.toBeInstanceOf(EndpointResting)
  expect(logins).toHaveLength(2)
  world.clock.advance(15 * minuteMs)
  await expect(knock()).rejects.toMatchObject({ code: 'wrong_credentials' })
  expect([logins.length, await told('endpoint_refused')]).toEqual([3, 1])
})

test('twenty calls that were out together are one refusal', async () => {
  isRefusing = true
  const driver = world.deps.endpoints.open(await endpoint())
  await Promise.allSettled(Array.from({ length: 20 }, () => driver.probe()))
  expect(await endpoint()).toMatchObject({ refusals: 1, restsUntil: addMs(world.clock.now(), 15 * minuteMs) })
})

test('new credentials are tried at once, and an endpoint that lets us in again rests no more', async () => {
  isRefusing = true
  await expect(knock()).rejects.toMatchObject({ code: 'wrong_credentials' })
  isRefusing = false
  const { id } = await endpoint()
  const secrets = world.deps.vault.seal({ password: 'new' }, `endpoints.secrets:${id}`)
  await em().nativeUpdate(EndpointEntity, { id }, { secrets })
  await knock()
  isRefusing = true
  await expect(knock()).rejects.toMatchObject({ code: 'wrong_credentials' })
  isRefusing = false
  world.clock.advance(15 * minuteMs)
  await knock()
  expect(await endpoint()).toMatchObject({ refusals: 0, restsUntil: null, restReason: null })
  await knock()
})

test('what waits for a resting endpoint waits for the end of the rest, and counts no attempt', async () => {
  isRefusing = true
  await expect(knock()).rejects.toMatchObject({ code: 'wrong_credentials' })
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  const { restsUntil } = await endpoint()
  const access = await em().findOneOrFail(AccessEntity, { endpointId: (await endpoint()).id })
  expect(access.attempts).toBe(0)
  expect(access.nextAttemptAt!.getTime() - restsUntil!.getTime()).toBeGreaterThanOrEqual(0)
  expect(access.nextAttemptAt!.getTime() - restsUntil!.getTime()).toBeLessThanOrEqual(5_000)
  expect(logins).toHaveLength(1)
})
