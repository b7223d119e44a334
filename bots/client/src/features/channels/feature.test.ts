import type { RequiredChannel } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { activeSubscription, anna, has, readyKey } from '../../testing/fake-shop.ts'

const news: RequiredChannel = { chatId: '-1001', title: 'News <b>', link: 'https://t.me/news' }
const trial = { ...activeSubscription, isTrial: true }
const user = { id: 5551, is_bot: false, first_name: 'Anna' }
const starting = () =>
  vi.fn<Shop['startTrial']>(async () => ({
    kind: 'started',
    subscriptionId: 'sub_0123456789abcdefghjk',
    days: 3,
    endsAt: new Date('2026-11-24T10:00:00Z'),
    limits: { trafficLimitBytes: null, deviceLimit: 2 },
  }))

test('a trial begins only once its channels are joined, and the way around is beside them', async () => {
  const startTrial = starting()
  const bot = clientHarness({ startTrial, listRequiredChannels: async () => [news] })
  bot.respond('getChatMember', { status: 'left', user })
  await bot.command('trial')
  expect(startTrial).not.toHaveBeenCalled()
  const { text, buttons } = bot.lastScreen()
  expect(text).toContain('join this channel')
  expect(text).toContain('News &lt;b&gt;')
  expect(text).toContain('With a paid subscription none of this is needed')
  expect(buttons[0]).toMatchObject({ url: 'https://t.me/news' })
  await bot.tap('I have joined')
  expect(bot.lastAnswer()).toContain('do not see you here yet: News <b>')
  bot.respond('getChatMember', { status: 'member', user })
  await bot.tap('I have joined')
  expect(startTrial).toHaveBeenCalledExactlyOnceWith(anna.id)
})

test.each([
  [{ status: 'restricted', is_member: true, user }, true],
  [{ status: 'restricted', is_member: false, user }, false],
  [{ status: 'kicked', user, until_date: 0 }, false],
  [{ status: 'administrator', user }, true],
] as const)('%j counts: %s', async (member, counts) => {
  const startTrial = starting()
  const bot = clientHarness({ startTrial, listRequiredChannels: async () => [news] })
  bot.respond('getChatMember', member)
  await bot.command('trial')
  expect(startTrial).toHaveBeenCalledTimes(counts ? 1 : 0)
})

test('what Telegram does not tell keeps nobody out, and staff hear of it once', async () => {
  const reportChannel = vi.fn(async () => {})
  const startTrial = starting()
  const bot = clientHarness({ startTrial, reportChannel, listRequiredChannels: async () => [news] })
  for (let round = 0; round < 3; round++) {
    bot.failNext('getChatMember', { error_code: 400, description: 'Bad Request: member list is inaccessible' })
    await bot.command('trial')
  }
  expect(startTrial).toHaveBeenCalledTimes(3)
  expect(reportChannel).toHaveBeenCalledExactlyOnceWith(news, 'Bad Request: member list is inaccessible')
  bot.failNext('getChatMember', 'network')
  await bot.command('trial')
  expect(startTrial).toHaveBeenCalledTimes(4)
  expect(reportChannel).toHaveBeenCalledTimes(1)
})

test('the key of a trial asks for its channels; whoever is in is asked about once in a while, and payers never', async () => {
  const verbs = { getKey: async () => ({ ...readyKey, isTrial: true }), listRequiredChannels: async () => [news] }
  const bot = clientHarness({ ...has(trial), ...verbs })
  bot.respond('getChatMember', { status: 'left', user })
  await bot.command('key')
  expect(bot.lastScreen().text).toContain('works while you are in this channel')
  bot.respond('getChatMember', { status: 'member', user })
  await bot.tap('I have joined')
  await bot.command('key')
  await bot.command('config')
  expect(bot.callsOf('getChatMember')).toHaveLength(2)
  const payer = clientHarness({ ...has(activeSubscription), ...verbs })
  await payer.command('key')
  expect(payer.callsOf('getChatMember')).toEqual([])
  expect(payer.lastScreen().text).toContain('Your key')
})

test('a held trial says why, and resumes when its customer is found inside', async () => {
  const resumeTrial = vi.fn(async () => true)
  const held = { ...trial, standing: 'held' as const }
  const bot = clientHarness({
    ...has(held),
    resumeTrial,
    getKey: async () => ({ ...readyKey, isTrial: true }),
    listRequiredChannels: async () => [news],
  })
  await bot.command('menu')
  expect(bot.lastScreen().text).toContain('trial is paused')
  bot.respond('getChatMember', { status: 'left', user })
  await bot.command('key')
  expect(resumeTrial).not.toHaveBeenCalled()
  bot.respond('getChatMember', { status: 'member', user })
  await bot.tap('I have joined')
  expect(resumeTrial).toHaveBeenCalledWith(anna.id)
})

test('who leaves is held, who returns resumes once nothing is missing, and what was known is forgotten', async () => {
  const holdTrial = vi.fn(async () => true)
  const resumeTrial = vi.fn(async () => true)
  const bot = clientHarness({
    holdTrial,
    resumeTrial,
    findHeldCustomer: async () => anna.id,
    listRequiredChannels: async () => [news],
  })
  const chat = { id: -1001, type: 'channel' as const, title: 'News' }
  const moves = (from: 'member' | 'left', to: 'member' | 'left') =>
    bot.feed({
      chat_member: {
        chat,
        from: user,
        date: 1,
        old_chat_member: { status: from, user },
        new_chat_member: { status: to, user },
      },
    })
  await moves('member', 'left')
  expect(holdTrial).toHaveBeenCalledExactlyOnceWith({ telegramId: 5551n, chatId: '-1001' })
  bot.respond('getChatMember', { status: 'left', user })
  await moves('left', 'member')
  expect(resumeTrial).not.toHaveBeenCalled()
  bot.respond('getChatMember', { status: 'member', user })
  await moves('left', 'member')
  expect(resumeTrial).toHaveBeenCalledExactlyOnceWith(anna.id)
})
