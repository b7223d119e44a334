import type { StaffNotice } from '@vpn-kiosk/domain'
import { silentLogger } from '@vpn-kiosk/telegram'
import { expect, test } from 'vitest'
import { adminHarness, translations } from '../testing/admin-harness.ts'
import { fakeShop, payment } from '../testing/fake-shop.ts'
import { tellStaff } from './tell-staff.ts'

const notices: StaffNotice[] = [
  { kind: 'sale', paymentId: payment.id },
  { kind: 'payment_mismatch', paymentId: payment.id },
  { kind: 'access_stuck', subscriptionId: 'sub_anna', minutes: 6, reason: 'panel <down>' },
  { kind: 'server_down', serverName: 'ams-1', reason: 'no answer' },
  { kind: 'server_up', serverName: 'ams-1' },
  { kind: 'backup_failed', reason: 'the disk is full' },
]

const shop = fakeShop({
  listListeners: async () => [
    { telegramId: 1n, language: 'en' },
    { telegramId: 2n, language: null },
  ],
  findSubscriber: async () => ({ id: 'cus_anna', firstName: 'Anna' }),
})

test.each(notices)('$kind is told to each listener in their language', async (notice) => {
  const bot = adminHarness()
  await tellStaff({ shop, api: bot.bot.api, translations, logger: silentLogger })({ notice })
  const [first, second] = bot.callsOf('sendMessage')
  expect([first?.chat_id, second?.chat_id]).toEqual([1, 2])
  expect(first?.text).not.toEqual(second?.text)
  expect(String(first?.text)).not.toContain('<down>')
})

test('one who blocked the bot keeps no other from being told and fails no job', async () => {
  const bot = adminHarness()
  bot.failNext('sendMessage', { error_code: 403, description: 'Forbidden: bot was blocked by the user' })
  await tellStaff({ shop, api: bot.bot.api, translations, logger: silentLogger })({ notice: notices[0]! })
  expect(bot.callsOf('sendMessage')).toHaveLength(2)
  expect(bot.screens).toHaveLength(1)
})
