import { expect, test } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
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
  expect(bot.lastScreen().text).toMatch(/Today: <b>₽598<\/b> \(2 payments\)|Today: <b>598 ₽<\/b>|Today: <b>RUB/)
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
