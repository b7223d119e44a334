import type { JobData, Key, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness, translations } from '../testing/client-harness.ts'
import { anna, fakeShop, readyKey } from '../testing/fake-shop.ts'
import { completeKeyMessage } from './complete-key-message.ts'

/** The first message of a customer of whom one server of three was ready. */
async function following(key: Key | null, of: Partial<JobData<'complete-key-message'>> = {}) {
  const bot = clientHarness({ getKey: async () => ({ ...readyKey, ready: { count: 1, of: 3 } }) })
  await bot.command('config')
  const followKeyMessage = vi.fn<Shop['followKeyMessage']>(async () => {})
  const shop = fakeShop({ getKey: async () => key, followKeyMessage })
  const { messageId = 0 } = bot.lastScreen()
  const message = {
    botId: 1,
    chatId: 5551,
    messageId,
    customerId: anna.id,
    reason: 'trial' as const,
    ready: 1,
    looks: 2,
  }
  await completeKeyMessage({ shop, api: bot.bot.api, botId: 1, translations })({ ...message, ...of })
  return { bot, followKeyMessage, message }
}

test('the message says that more servers are ready, and is looked at again while some are to come', async () => {
  const { bot, followKeyMessage, message } = await following({ ...readyKey, ready: { count: 2, of: 3 } })
  expect(bot.lastScreen()).toMatchObject({ kind: 'photo', edits: 1 })
  expect(bot.lastScreen().text).toContain('2 of 3 servers ready')
  expect(followKeyMessage).toHaveBeenCalledWith({ ...message, ready: 2, looks: 3 })
})

test('once all are ready it says nothing of them and is left alone, its picture and buttons kept', async () => {
  const { bot, followKeyMessage } = await following({ ...readyKey, ready: { count: 3, of: 3 } })
  expect(bot.lastScreen()).toMatchObject({ kind: 'photo', edits: 1 })
  expect(bot.lastScreen().text).toContain(readyKey.subscriptionUrl)
  expect(bot.lastScreen().text).not.toContain('servers ready')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toContain('📋 Copy the link')
  expect(followKeyMessage).not.toHaveBeenCalled()
})

test('nothing new is no edit', async () => {
  const { bot, followKeyMessage } = await following({ ...readyKey, ready: { count: 1, of: 3 } })
  expect(bot.lastScreen().edits).toBe(0)
  expect(followKeyMessage).toHaveBeenCalledOnce()
})

test.each([
  [null, {}],
  [{ ...readyKey, standing: 'expired' as const, waysIn: [] }, {}],
  [{ ...readyKey, ready: { count: 3, of: 3 } }, { botId: 2 }],
])('what has ended, or belongs to another bot, is left as it is', async (key, of) => {
  const { bot, followKeyMessage } = await following(key, of)
  expect(bot.lastScreen().edits).toBe(0)
  expect(followKeyMessage).not.toHaveBeenCalled()
})
