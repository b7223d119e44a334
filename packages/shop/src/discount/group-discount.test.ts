import type { Customer, DiscountGroup } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, roubles, type TestShop } from '../testing.ts'

const owner = 1n
const partners: DiscountGroup = { id: 'abc123', name: 'Partners', percent: 20 }
let world: TestShop
let anna: Customer

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
  anna = await world.addCustomer()
  expect(await save(partners)).toEqual({ kind: 'changed' })
})
afterEach(() => world.close())

const save = (group: DiscountGroup) => world.shop.changeDiscountSettings(owner, { kind: 'save_group', group })
const drop = (id: string) => world.shop.changeDiscountSettings(owner, { kind: 'drop_group', id })
const month = async () => (await world.shop.listPlans(anna.id)).find(({ code }) => code === 'month')!
const members = async () => {
  const seen = await world.shop.countGroupMembers(owner)
  return seen.kind === 'seen' ? Object.fromEntries(seen.value) : seen.kind
}

test('whoever is in a group pays less, also after its percentage has changed, until it is gone', async () => {
  expect(await world.shop.putInGroup(owner, anna.id, partners.id)).toEqual({ kind: 'group_set' })
  expect(await world.shop.putInGroup(owner, anna.id, partners.id)).toEqual({ kind: 'discount_same' })
  expect(await month()).toMatchObject({ price: roubles(239.2), discount: { cause: 'group' } })
  await save({ ...partners, percent: 50 })
  expect((await month()).price).toEqual(roubles(149.5))
  expect(await members()).toEqual({ abc123: 1 })
  expect(await drop(partners.id)).toEqual({ kind: 'changed' })
  expect([(await month()).price, await members()]).toEqual([roubles(299), {}])
})

test('a customer is in one group, is told what is off, and the best discount applies', async () => {
  await save({ id: 'def456', name: 'Press', percent: 30 })
  await world.shop.putInGroup(owner, anna.id, partners.id)
  await world.shop.putInGroup(owner, anna.id, 'def456')
  expect(await members()).toEqual({ def456: 1 })
  const rows = await world.fixture.database
    .em()
    .execute<{ percent: number }[]>(
      `select (content->>'percent')::int as percent from notifications where content->>'kind' = 'personal_discount' order by created_at`,
    )
  expect(rows.map(({ percent }) => percent).toSorted()).toEqual([20, 30])
  await world.shop.setPersonalDiscount(owner, anna.id, { percent: 40, days: null })
  expect((await month()).discount?.cause).toBe('personal')
  const card = await world.shop.getCustomerCard(owner, anna.id)
  expect(card).toMatchObject({ value: { group: { name: 'Press' }, discount: { percent: 40 } } })
  expect(await world.shop.putInGroup(owner, anna.id, null)).toEqual({ kind: 'group_left' })
})

test('a group and its member who are changed at once end as one of the two', async () => {
  for (let round = 0; round < 5; round++) {
    await save(partners)
    await Promise.all([drop(partners.id), world.shop.putInGroup(owner, anna.id, partners.id)])
    expect(await members()).toEqual({})
  }
})

test('what is no group is refused, and strangers change nothing', async () => {
  for (const wrong of [
    { percent: 0 },
    { percent: 91 },
    { percent: 1.5 },
    { name: ' ' },
    { name: 'x'.repeat(31) },
    { id: 'x' },
  ])
    expect(await save({ ...partners, ...wrong })).toEqual({ kind: 'invalid_group' })
  for (let n = 10; n < 29; n++) await save({ ...partners, id: `group${n}`.slice(-6) })
  expect(await save({ ...partners, id: 'toomny' })).toEqual({ kind: 'too_many_groups' })
  expect(await world.shop.putInGroup(owner, anna.id, 'nobody')).toEqual({ kind: 'unknown_group' })
  expect(await world.shop.putInGroup(99n, anna.id, partners.id)).toEqual({ kind: 'forbidden' })
  expect(await world.shop.countGroupMembers(99n)).toEqual({ kind: 'forbidden' })
})
