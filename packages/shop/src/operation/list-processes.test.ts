import { type ProcessName, silentAfterMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

let shop: TestShop
beforeAll(async () => {
  shop = await createTestShop(inject('postgresUrl'), { policy: { processes: ['client', 'web', 'jobs'] } })
})
afterAll(() => shop.close())

const sign = (process: ProcessName, pid: number, state: 'running' | 'stopped' = 'running') =>
  shop.shop.recordHeartbeat({ process, host: 'one', pid, version: '1.0.0', startedAt: shop.clock.now() }, state)
const states = async () =>
  Object.fromEntries(
    (await shop.shop.listProcesses()).map(({ process, state, running }) => [process, `${state} ${running}`]),
  )

test('a shop in which nothing ever gave a sign lists nothing', async () => {
  expect(await states()).toEqual({})
})

test('what runs, what ended in order, what died and what never came are told apart', async () => {
  await sign('jobs', 1)
  shop.clock.advance(silentAfterMs)
  await sign('web', 2)
  await sign('web', 3)
  await sign('admin', 4)
  expect(await states()).toEqual({ client: 'missing 0', admin: 'running 1', web: 'running 2', jobs: 'silent 0' })
  await sign('jobs', 1, 'stopped')
  await sign('client', 5)
  expect(await states()).toMatchObject({ client: 'running 1', jobs: 'stopped 0' })
  const { seenAt } = (await shop.shop.listProcesses()).find(({ process }) => process === 'client')!
  expect(seenAt).toEqual(shop.clock.now())
})

test('a copy that died does not hide the one that took its place, and its end in order not the death of that one', async () => {
  shop.clock.advance(1000)
  await sign('jobs', 6)
  expect(await states()).toMatchObject({ jobs: 'running 1' })
  shop.clock.advance(silentAfterMs)
  expect(await states()).toMatchObject({ jobs: 'silent 0' })
})

test('a process that this shop does not need and that has ended is not spoken of', async () => {
  await sign('admin', 4, 'stopped')
  expect(Object.keys(await states())).toEqual(['client', 'web', 'jobs'])
})

test('a copy that died while the clock was ahead does not run for ever', async () => {
  const monthMs = 30 * 24 * 3_600_000
  shop.clock.advance(monthMs)
  await sign('jobs', 7)
  shop.clock.advance(-monthMs)
  expect(await states()).toMatchObject({ jobs: 'silent 0' })
  await sign('jobs', 7)
  expect(await states()).toMatchObject({ jobs: 'running 1' })
})
