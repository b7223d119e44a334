import type { NotificationSettings } from '@vpn-kiosk/domain'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna } from '../../testing/fake-shop.ts'

const on = { expiry: true, traffic: true, news: true, offers: true, referral: true }

test('every kind is a line under Help that a press turns over, and the screen says what is always told', async () => {
  let now = on
  const switchNotifications = vi.fn(async (_: unknown, change: NotificationSettings) => {
    now = { ...now, ...change }
    return now
  })
  const bot = clientHarness({ switchNotifications, getNotificationSwitches: async () => now })
  await bot.command('help')
  await bot.tap('Notifications')
  expect(bot.lastScreen().text).toContain('payments, keys')
  const labels = () => bot.lastScreen().buttons.map(({ text }) => text)
  expect(labels().filter((text) => text.startsWith('✅'))).toHaveLength(5)
  await bot.tap('✅ Offers')
  expect(switchNotifications).toHaveBeenLastCalledWith(anna.id, { offers: false })
  expect(labels()).toContain('🔕 Offers and discounts')
  await bot.tap('🔕 Offers')
  expect(switchNotifications).toHaveBeenLastCalledWith(anna.id, { offers: true })
})

test('a button that was pressed twice says the same again, and one of no kind we know is no trouble', async () => {
  const switchNotifications = vi.fn(async () => ({ ...on, news: false }))
  const bot = clientHarness({ switchNotifications })
  await Promise.all([bot.forge('told-set:news:0'), bot.forge('told-set:news:0')])
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toContain('🔕 Shop news')
  await bot.forge('told-set:money:0')
  expect(switchNotifications).toHaveBeenCalledTimes(2)
})
