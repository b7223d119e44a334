import type { AccessId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'

/* One worker at a time an access: how long that holds when the endpoint is slow, and when the worker dies. */

let world: TestShop
let id: AccessId
let answer: PromiseWithResolvers<void>
let asked: number

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  world = await createTestShop(inject('postgresUrl'))
  answer = Promise.withResolvers<void>()
  asked = 0
  const open = world.vless.open.bind(world.vless)
  world.vless.open = (config, context) => {
    const opened = open(config, context)
    const ensureAccount: typeof opened.ensureAccount = async (spec) => {
      asked += 1
      if (asked === 1) await answer.promise
      return opened.ensureAccount(spec)
    }
    return { ...opened, ensureAccount }
  }
  await world.addServer()
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  const [row] = await world.fixture.database.em().execute<{ id: AccessId }[]>('select id from accesses')
  id = row!.id
})
afterEach(async () => {
  vi.useRealTimers()
  await world.close()
})

const leasedUntil = async (): Promise<number> => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ until: number }[]>('select extract(epoch from leased_until)::float as until from accesses')
  return row!.until
}

test('an endpoint that takes minutes keeps its worker, and nobody else is let in meanwhile', async () => {
  const granting = world.shop.provisionAccess(id)
  await vi.waitFor(() => expect(asked).toBe(1))
  for (let round = 0; round < 12; round++) {
    const before = await leasedUntil()
    world.clock.advance(10_000)
    await vi.advanceTimersByTimeAsync(5_000)
    await vi.waitFor(async () => expect(await leasedUntil()).toBe(before + 10))
    expect(await world.shop.provisionAccess(id)).toEqual({ kind: 'busy' })
  }
  answer.resolve()
  expect(await granting).toEqual({ kind: 'applied' })
  expect(asked).toBe(1)
})

test('a worker that died is followed by another after twenty seconds', async () => {
  const dead = world.shop.provisionAccess(id)
  await vi.waitFor(() => expect(asked).toBe(1))
  world.clock.advance(19_000)
  expect(await world.shop.provisionAccess(id)).toEqual({ kind: 'busy' })
  world.clock.advance(2_000)
  expect(await world.shop.provisionAccess(id)).toEqual({ kind: 'applied' })
  answer.resolve()
  await dead
  // It was only slow: whose write came last nobody knows, so the endpoint is asked once more.
  expect(await world.shop.provisionAccess(id)).toEqual({ kind: 'applied' })
  expect(await world.shop.provisionAccess(id)).toEqual({ kind: 'nothing_to_do' })
})

test('an endpoint that never ends loses its lease after ten minutes', async () => {
  const granting = world.shop.provisionAccess(id)
  await vi.waitFor(() => expect(asked).toBe(1))
  const tick = async (): Promise<number> => {
    const before = await leasedUntil()
    world.clock.advance(5_000)
    await vi.advanceTimersByTimeAsync(5_000)
    return before
  }
  for (let round = 0; round < 120; round++) {
    const before = await tick()
    await vi.waitFor(async () => expect(await leasedUntil()).toBe(before + 5), { interval: 2 })
  }
  for (let round = 0; round < 5; round++) await tick()
  expect(await world.shop.provisionAccess(id)).toEqual({ kind: 'applied' })
  answer.resolve()
  await granting
})
