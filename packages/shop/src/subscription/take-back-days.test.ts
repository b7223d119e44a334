import { AuditEntity } from '@vpn-kiosk/db'
import { addMs, dayMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const endOf = async (id: `cus_${string}`) => (await world.shop.getSubscription(id))?.endsAt
const give = (id: `cus_${string}`, days: number, requestId: string) =>
  world.shop.giveDays(owner, id, { days, requestId })

test('the last press is undone, once, and nothing else is shortened', async () => {
  await world.addServer()
  const { id } = await world.addCustomer()
  await give(id, 30, 'first')
  await give(id, 7, 'second')
  await world.processAll()
  const end = addMs(world.clock.now(), 30 * dayMs)
  const presses = await Promise.all([1, 2, 3].map(() => world.shop.takeBackDays(owner, id, 'second')))
  expect(presses.map(({ kind }) => kind).sort()).toEqual(['nothing_left', 'nothing_left', 'taken_back'])
  expect(await endOf(id)).toEqual(end)
  await world.processAll()
  expect([...world.vless.accounts.values()][0]).toMatchObject({ enabled: true, expiresAt: end })
  const audit = await world.fixture.database.em().find(AuditEntity, { action: 'take_back_days' })
  expect(audit).toMatchObject([{ actorTelegramId: owner, subject: id, after: { endsAt: end.toISOString(), days: 7 } }])
  const told = await world.fixture.database
    .em()
    .execute(`select 1 from notifications where content->>'kind' = 'days_taken_back'`)
  expect(told).toHaveLength(1)
})

test('an undo is not done again by giving the days once more with the same button', async () => {
  const { id } = await world.addCustomer()
  await give(id, 30, 'first')
  await give(id, 7, 'second')
  await world.shop.takeBackDays(owner, id, 'second')
  expect(await give(id, 7, 'second')).toEqual({ kind: 'already_done', days: 0 })
  expect(await endOf(id)).toEqual(addMs(world.clock.now(), 30 * dayMs))
})

test('days that have passed stay: who had nothing else ends now, and is cut off', async () => {
  await world.addServer()
  const { id } = await world.addCustomer()
  await give(id, 7, 'only')
  await world.processAll()
  world.clock.advance(2 * dayMs)
  expect(await world.shop.takeBackDays(owner, id, 'only')).toEqual({ kind: 'taken_back', endsAt: world.clock.now() })
  await world.shop.expireSubscriptions()
  await world.processAll()
  expect(await world.shop.getSubscription(id)).toMatchObject({ standing: 'expired' })
  expect([...world.vless.accounts.values()].some(({ enabled }) => enabled)).toBe(false)
})

test('only what was given by this button is taken, by who may', async () => {
  const { id } = await world.addCustomer()
  const other = await world.addCustomer()
  await give(id, 7, 'mine')
  expect(await world.shop.takeBackDays(owner, other.id, 'mine')).toEqual({ kind: 'nothing_left' })
  expect(await world.shop.takeBackDays(404n, id, 'mine')).toEqual({ kind: 'forbidden' })
  expect(await world.shop.takeBackDays(owner, 'cus_nobody', 'mine')).toEqual({ kind: 'unknown_customer' })
})
