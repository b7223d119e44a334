import { CustomerEntity } from '@vpn-kiosk/db'
import { minuteMs, type TelegramPerson } from '@vpn-kiosk/domain'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../src/testing.ts'

let world: TestShop
beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterAll(() => world.close())

let lastId = 500n
const newcomer = (change: Partial<TelegramPerson> = {}): TelegramPerson => {
  lastId += 1n
  return { telegramId: lastId, firstName: 'Anna', languageCode: 'en', ...change }
}
const rowOf = (person: TelegramPerson) =>
  world.deps.db.em().findOneOrFail(CustomerEntity, { telegramId: person.telegramId })

test('somebody new is registered once, however often and at once they write', async () => {
  const person = newcomer()
  const seen = await Promise.all(Array.from({ length: 5 }, () => world.shop.recognizeCustomer(person)))
  expect(seen.filter(({ isNew }) => isNew)).toHaveLength(1)
  expect(new Set(seen.map(({ customer }) => customer.id)).size).toBe(1)
})

test('the second update reads the same customer as the first', async () => {
  const person = newcomer({ lastName: 'Lind', username: 'anna' })
  const first = await world.shop.recognizeCustomer(person)
  expect(await world.shop.recognizeCustomer(person)).toEqual({
    customer: first.customer,
    subscription: null,
    isNew: false,
  })
  expect(first.customer).toMatchObject({ telegramId: person.telegramId, lastName: 'Lind', language: 'en' })
})

test('a new name is kept at once, a lost one too', async () => {
  const person = newcomer({ username: 'anna' })
  await world.shop.recognizeCustomer(person)
  const { customer } = await world.shop.recognizeCustomer({ telegramId: person.telegramId, firstName: 'Ann' })
  expect(customer).toMatchObject({ firstName: 'Ann', username: null })
  expect(await rowOf(person)).toMatchObject({ firstName: 'Ann', username: null })
})

test('an update clears that the person could not be reached', async () => {
  const person = newcomer()
  await world.shop.recognizeCustomer(person)
  await world.shop.markUnreachable(person.telegramId)
  expect((await rowOf(person)).unreachableAt).not.toBeNull()
  await world.shop.recognizeCustomer(person)
  expect((await rowOf(person)).unreachableAt).toBeNull()
})

test('when somebody was last active is written once in ten minutes', async () => {
  const person = newcomer()
  await world.shop.recognizeCustomer(person)
  const at = (await rowOf(person)).lastActiveAt
  world.clock.advance(9 * minuteMs)
  await world.shop.recognizeCustomer(person)
  expect((await rowOf(person)).lastActiveAt).toEqual(at)
  world.clock.advance(2 * minuteMs)
  await world.shop.recognizeCustomer(person)
  expect((await rowOf(person)).lastActiveAt).toEqual(world.clock.now())
})

test('a chosen language outlives what Telegram says, a used trial and a ban are known', async () => {
  const person = newcomer()
  const { customer } = await world.shop.recognizeCustomer(person)
  await world.shop.changeLanguage(customer.id, 'ru')
  const at = world.clock.now()
  await world.deps.db.em().nativeUpdate(CustomerEntity, { id: customer.id }, { bannedAt: at, trialUsedAt: at })
  const again = await world.shop.recognizeCustomer(person)
  expect(again.customer).toMatchObject({ language: 'ru', isBanned: true, isTrialUsed: true })
})

test('recognizing counts a referral code for somebody new and for nobody else', async () => {
  const { customer: referrer } = await world.shop.recognizeCustomer(newcomer())
  const friend = newcomer()
  await world.shop.recognizeCustomer(friend, referrer.referralCode)
  await world.shop.recognizeCustomer(friend, referrer.referralCode)
  const old = newcomer()
  await world.shop.recognizeCustomer(old)
  await world.shop.recognizeCustomer(old, referrer.referralCode)
  expect((await world.shop.getReferral(referrer.id)).joined).toBe(1)
})

test('nobody invites themselves, and an invented code is no referral', async () => {
  const person = newcomer()
  const { customer } = await world.shop.recognizeCustomer(person, 'nosuchcd')
  await world.shop.recognizeCustomer(person, customer.referralCode)
  expect((await world.shop.getReferral(customer.id)).joined).toBe(0)
})

test('what the customer has is read along, the same as anybody else sees it', async () => {
  const person = newcomer()
  const { customer } = await world.shop.recognizeCustomer(person)
  await world.shop.startTrial(customer.id)
  const { subscription } = await world.shop.recognizeCustomer(person)
  expect(subscription).toMatchObject({ standing: 'active', isTrial: true, daysLeft: 3, isPreparing: true })
  expect(subscription).toEqual(await world.shop.getSubscription(customer.id))
})
