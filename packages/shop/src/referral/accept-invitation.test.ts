import { CustomerEntity } from '@vpn-kiosk/db'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

let world: TestShop
beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterAll(() => world.close())

const accept = (who: { id: `cus_${string}` }, by: { referralCode: string }) =>
  world.shop.acceptInvitation(who.id, by.referralCode)
const joined = async (who: { id: `cus_${string}` }) => (await world.shop.getReferral(who.id)).joined

test('whoever wrote to the support bot first still counts as invited, once', async () => {
  const rita = await world.addCustomer('Rita')
  const boris = await world.addCustomer('Boris')
  const outcomes = await Promise.all([accept(boris, rita), accept(boris, rita), accept(boris, rita)])
  expect(outcomes.toSorted()).toEqual(['accepted', 'already', 'already'])
  expect(await joined(rita)).toBe(1)
})

test('the first inviter stays', async () => {
  const [rita, max] = [await world.addCustomer('Rita'), await world.addCustomer('Max')]
  const boris = await world.addCustomer('Boris', rita.referralCode)
  expect(await accept(boris, max)).toBe('already')
  expect([await joined(rita), await joined(max)]).toEqual([1, 0])
})

test('whoever had the trial comes too late', async () => {
  const rita = await world.addCustomer('Rita')
  const boris = await world.addCustomer('Boris')
  await world.shop.startTrial(boris.id)
  expect(await accept(boris, rita)).toBe('late')
  expect(await joined(rita)).toBe(0)
})

test('an own code, an unknown one and one of somebody further down the chain count for nothing', async () => {
  const anna = await world.addCustomer('Anna')
  const boris = await world.addCustomer('Boris', anna.referralCode)
  const vera = await world.addCustomer('Vera', boris.referralCode)
  expect(await accept(anna, anna)).toBe('own')
  expect(await world.shop.acceptInvitation(anna.id, 'nosuchcd')).toBe('unknown')
  expect(await accept(anna, boris)).toBe('circle')
  expect(await accept(anna, vera)).toBe('circle')
})

test('two who accept each other at once do not close a circle', async () => {
  for (let round = 0; round < 5; round++) {
    const [anna, boris] = [await world.addCustomer('Anna'), await world.addCustomer('Boris')]
    const outcomes = await Promise.all([accept(anna, boris), accept(boris, anna)])
    expect(outcomes.toSorted()).toEqual(['accepted', 'circle'])
    const rows = await world.deps.db.em().find(CustomerEntity, { id: { $in: [anna.id, boris.id] } })
    expect(rows.filter(({ referredById }) => referredById !== null)).toHaveLength(1)
  }
})
