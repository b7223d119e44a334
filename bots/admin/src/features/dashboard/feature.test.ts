import { expect, test } from 'vitest'
import { adminHarness, translations } from '../../testing/admin-harness.ts'
import { dashboard } from '../../testing/fake-shop.ts'

test('the dashboard is shown and refreshed in place', async () => {
  let total = 1200
  const bot = adminHarness({
    seeDashboard: async () => ({
      kind: 'seen',
      value: { ...dashboard, customers: { total, today: 0 } },
    }),
  })
  await bot.command('dashboard')
  expect(bot.lastScreen().text).toContain('1,200')
  expect(bot.lastScreen().text).toContain(
    `Today: <b>${translations.translatorFor('en').money(dashboard.revenue.today[0]!)}</b> (2 payments)`,
  )
  total = 1201
  await bot.tap('Refresh')
  expect(bot.screens).toHaveLength(1)
  expect(bot.lastScreen()).toMatchObject({ edits: 1 })
  expect(bot.lastScreen().text).toContain('1,201')
})

test('a shop without servers and sales has a dashboard too', async () => {
  const revenue = { today: [], week: [], month: [] }
  const bot = adminHarness({
    seeDashboard: async () => ({ kind: 'seen', value: { ...dashboard, revenue, servers: [], payments: { today: 0 } } }),
  })
  await bot.command('dashboard')
  expect(bot.lastScreen().text).toContain('No servers yet')
})
