import { NotificationEntity, SubscriptionEntity } from '@vpn-kiosk/db'
import { type Customer, dayMs, type RequiredChannel } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

const owner = 1n
const news: RequiredChannel = { chatId: '-1001', title: 'News', link: 'https://t.me/news' }
const other: RequiredChannel = { chatId: '-1002', title: 'Other', link: 'https://t.me/other' }
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterEach(() => world.close())

const requireForUse = async (...channels: readonly RequiredChannel[]) => {
  for (const channel of channels) await world.shop.addChannel(owner, channel)
  await world.shop.changeChannelRules(owner, { isForUse: true })
}
const leave = ({ telegramId }: Customer, chatId = news.chatId) => world.shop.holdTrial({ telegramId, chatId })
const standing = async ({ id }: Customer) => (await world.shop.getSubscription(id))?.standing
const told = async ({ id: customerId }: Customer) =>
  (await world.deps.db.em().find(NotificationEntity, { customerId })).map(({ content }) => content.kind)
const isOpen = () => [...world.vless.accounts.values()].some(({ enabled }) => enabled)

async function pay(customer: Customer): Promise<void> {
  const { reference, paymentId } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.recheckPayment(paymentId)
}

test('a trial is held when its customer leaves, told once, and resumes with the time that is left', async () => {
  const anna = await world.addCustomer()
  await requireForUse(news)
  await world.shop.startTrial(anna.id)
  await world.processAll()
  expect(isOpen()).toBe(true)
  const outcomes = await Promise.all([leave(anna), leave(anna), leave(anna)])
  expect(outcomes.filter(Boolean)).toHaveLength(1)
  await world.processAll()
  expect([await standing(anna), isOpen()]).toEqual(['held', false])
  const end = (await world.shop.getSubscription(anna.id))?.endsAt
  world.clock.advance(dayMs)
  expect(await world.shop.findHeldCustomer(anna.telegramId)).toBe(anna.id)
  expect(await Promise.all([1, 2].map(() => world.shop.resumeTrial(anna.id)))).toContain(false)
  await world.processAll()
  expect([await standing(anna), isOpen()]).toEqual(['active', true])
  expect((await world.shop.getSubscription(anna.id))?.endsAt).toEqual(end)
  expect((await told(anna)).filter((kind) => kind.startsWith('trial_'))).toEqual(['trial_held', 'trial_resumed'])
})

test('whoever has paid is asked for nothing and loses nothing', async () => {
  const anna = await world.addCustomer()
  await requireForUse(news)
  await pay(anna)
  expect(await world.shop.listRequiredChannels(anna.id, 'use')).toEqual([])
  expect(await world.shop.listRequiredChannels(anna.id, 'trial')).toEqual([])
  expect(await leave(anna)).toBe(false)
  expect(await standing(anna)).toBe('active')
})

test('who buys while the trial is held has a working key at once', async () => {
  const anna = await world.addCustomer()
  await requireForUse(news)
  await world.shop.startTrial(anna.id)
  await leave(anna)
  await pay(anna)
  await world.processAll()
  expect([await standing(anna), isOpen()]).toEqual(['active', true])
})

test('days that are given do not end a hold, and a ban is stronger than it', async () => {
  const anna = await world.addCustomer()
  await requireForUse(news)
  await world.shop.startTrial(anna.id)
  await leave(anna)
  await world.shop.giveDays(owner, anna.id, { days: 3 })
  expect(await standing(anna)).toBe('held')
  await world.shop.banCustomer(owner, anna.id)
  expect(await world.shop.resumeTrial(anna.id)).toBe(false)
  expect(await standing(anna)).toBe('suspended')
})

test('a held trial ends like any other, and a return then gives nothing', async () => {
  const anna = await world.addCustomer()
  await requireForUse(news)
  await world.shop.startTrial(anna.id)
  await leave(anna)
  world.clock.advance(4 * dayMs)
  expect(await standing(anna)).toBe('expired')
  expect(await world.shop.resumeTrial(anna.id)).toBe(false)
  const row = await world.deps.db.em().findOneOrFail(SubscriptionEntity, { customerId: anna.id })
  expect(row.state).toBe('expired')
})

test('a channel of no rule, and one that is needed only to begin, hold nobody', async () => {
  const anna = await world.addCustomer()
  await world.shop.addChannel(owner, news)
  await world.shop.startTrial(anna.id)
  expect(await world.shop.listRequiredChannels(anna.id, 'trial')).toEqual([news])
  expect(await world.shop.listRequiredChannels(anna.id, 'use')).toEqual([])
  expect(await leave(anna)).toBe(false)
  await world.shop.changeChannelRules(owner, { isForUse: true })
  expect(await leave(anna, '-100999')).toBe(false)
  expect(await world.shop.holdTrial({ telegramId: 404n, chatId: news.chatId })).toBe(false)
  expect(await leave(anna)).toBe(true)
})

test('a rule that is taken back resumes everybody', async () => {
  const people = await Promise.all(['Anna', 'Boris', 'Vera'].map((name) => world.addCustomer(name)))
  await requireForUse(news, other)
  for (const one of people) {
    await world.shop.startTrial(one.id)
    await leave(one)
  }
  expect(await world.shop.removeChannel(owner, news.chatId)).toMatchObject({ kind: 'changed' })
  expect(await Promise.all(people.map(standing))).toEqual(['active', 'active', 'active'])
  expect(await world.shop.removeChannel(owner, news.chatId)).toEqual({ kind: 'unknown_channel' })
  for (const one of people) await leave(one, other.chatId)
  await world.shop.changeChannelRules(owner, { isForUse: false })
  expect(await Promise.all(people.map(standing))).toEqual(['active', 'active', 'active'])
})

test('two who add channels at once lose none, five are enough, and a stranger changes nothing', async () => {
  await Promise.all([world.shop.addChannel(owner, news), world.shop.addChannel(owner, other)])
  expect((await world.shop.readChannels()).channels).toHaveLength(2)
  await world.shop.addChannel(owner, { ...news, title: 'New name' })
  expect((await world.shop.readChannels()).channels.map(({ title }) => title)).toEqual(['Other', 'New name'])
  for (const chatId of ['-1003', '-1004', '-1005']) await world.shop.addChannel(owner, { ...news, chatId })
  expect(await world.shop.addChannel(owner, { ...news, chatId: '-1006' })).toEqual({ kind: 'too_many', most: 5 })
  expect(await world.shop.addChannel(404n, news)).toEqual({ kind: 'forbidden' })
  expect(await world.shop.removeChannel(404n, news.chatId)).toEqual({ kind: 'forbidden' })
  expect(await world.shop.changeChannelRules(404n, { isForUse: true })).toEqual({ kind: 'forbidden' })
  expect(await world.shop.getChannelRules(404n)).toEqual({ kind: 'forbidden' })
})
