import type { ChannelRules } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { createBotHarness } from '@vpn-kiosk/telegram/testing'
import { expect, test, vi } from 'vitest'
import { createAdminBot } from '../../bot.ts'
import type { LookedUpChannel } from '../../look-up-channel.ts'
import { adminHarness, translations } from '../../testing/admin-harness.ts'
import { fakeShop } from '../../testing/fake-shop.ts'
import { readChannel } from './read-channel.ts'

const news = { chatId: '-1001234567', title: 'News <b>', link: 'https://t.me/news' }
const rules: ChannelRules = { channels: [news], isForTrial: true, isForUse: false }
const seeing: Partial<Shop> = {
  getChannelRules: async () => ({ kind: 'seen', value: rules }),
  recall: (async () => ({ username: 'fox_bot' })) as Shop['recall'],
}

const harness = (verbs: Partial<Shop>, found: LookedUpChannel) => {
  const lookUpChannel = vi.fn(async (_chat: string) => found)
  const shop = fakeShop({ ...seeing, ...verbs })
  const bot = createBotHarness((base) => createAdminBot({ ...base, shop, translations, lookUpChannel }), {
    language: 'en',
    id: 1,
  })
  return { bot, lookUpChannel }
}

test.each([
  ['@news_of_fox', '@news_of_fox'],
  ['https://t.me/news_of_fox/12', '@news_of_fox'],
  ['t.me/c/1234567890/5', '-1001234567890'],
  ['-1001234567890', '-1001234567890'],
  ['https://t.me/+AbCdEf', 'invitation'],
  ['https://t.me/joinchat/AbCdEf', 'invitation'],
  ['https://evil.example/news', null],
  ['@нews', null],
  ['x'.repeat(10_000), null],
  ['', null],
])('%s names %s', (text, chat) => {
  expect(readChannel({ text })).toBe(chat)
})

test('a channel is added by its name or by a forwarded post, as the client bot sees it', async () => {
  const addChannel = vi.fn<Shop['addChannel']>(async () => ({ kind: 'changed', rules }))
  const { bot, lookUpChannel } = harness({ addChannel }, { kind: 'found', channel: news })
  await bot.command('settings')
  await bot.tap('Required channels')
  expect(bot.lastScreen().text).toContain('News &lt;b&gt;')
  await bot.tap('Add a channel')
  expect(bot.lastScreen().text).toContain('Make @fox_bot an administrator')
  await bot.text('@news')
  expect(lookUpChannel).toHaveBeenLastCalledWith('@news')
  expect(addChannel).toHaveBeenCalledExactlyOnceWith(1n, news)
  await bot.tap('Add a channel')
  const chat = { id: -1009, type: 'channel' as const, title: 'Other' }
  await bot.text('post', { message: { forward_origin: { type: 'channel', chat, message_id: 1, date: 1 } } })
  expect(lookUpChannel).toHaveBeenLastCalledWith('-1009')
  expect(bot.lastScreen().text).toContain('Added')
})

test.each([
  ['not_found', 'sees no such channel'],
  ['not_admin', 'no administrator there'],
  ['no_link', 'right “Invite users via link”'],
  ['no_answer', 'does not answer now'],
  ['not_a_channel', 'neither a channel nor a group'],
] as const)('%s is said with what to do, and the question stays', async (kind, words) => {
  const addChannel = vi.fn<Shop['addChannel']>()
  const { bot, lookUpChannel } = harness({ addChannel }, { kind })
  await bot.forge('channel-add')
  await bot.text('@news')
  expect(bot.lastScreen().text).toContain(words)
  await bot.text('https://t.me/+AbCdEf')
  expect(bot.lastScreen().text).toContain('Forward any post')
  await bot.text('@news')
  expect(lookUpChannel).toHaveBeenCalledTimes(2)
  expect(addChannel).not.toHaveBeenCalled()
})

test('what channels are for is one press, a channel goes by one, and five are enough', async () => {
  const changed = { kind: 'changed', rules } as const
  const changeChannelRules = vi.fn<Shop['changeChannelRules']>(async () => changed)
  const removeChannel = vi.fn<Shop['removeChannel']>(async () => changed)
  const addChannel = vi.fn<Shop['addChannel']>(async () => ({ kind: 'too_many', most: 5 }))
  const { bot } = harness({ changeChannelRules, removeChannel, addChannel }, { kind: 'found', channel: news })
  await bot.forge('channels')
  await bot.tap('▫️ To use a trial')
  expect(changeChannelRules).toHaveBeenCalledExactlyOnceWith(1n, { isForUse: true })
  await bot.tap('🗑 News')
  expect(removeChannel).toHaveBeenCalledExactlyOnceWith(1n, news.chatId)
  await bot.forge('channel-add')
  await bot.text('@news')
  expect(bot.lastScreen().text).toContain('5 channels already')
})

test('who lost the right is told so', async () => {
  const forbidden = async () => ({ kind: 'forbidden' as const })
  const bot = adminHarness({
    getChannelRules: forbidden,
    changeChannelRules: forbidden,
    removeChannel: forbidden,
    recall: seeing.recall!,
  })
  for (const data of ['channels', 'channel-add', 'channel-drop:-1001', 'channel-for:isForUse:1']) {
    await bot.forge(data)
    expect(bot.lastScreen().text).toContain('You have no permission for this')
  }
})
