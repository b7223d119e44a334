import { expect, test } from 'vitest'
import { adminHarness, translations } from '../../testing/admin-harness.ts'
import { dashboard } from '../../testing/fake-shop.ts'

test('the dashboard is shown and refreshed in place', async () => {
  let total = 1200
  const bot = adminHarness({
    getDashboard: async () => ({
      kind: 'seen',
      value: { ...dashboard, customers: { total, today: 0 } },
    }),
  })
  await bot.command('dashboard')
  expect(bot.lastScreen().text).toContain('1,200')
  expect(bot.lastScreen().text).toContain(
    `Today: <b>${translations.translatorFor('en').money(dashboard.sales.today[0]!)}</b> (2 payments)`,
  )
  total = 1201
  await bot.tap('Refresh')
  expect(bot.screens).toHaveLength(1)
  expect(bot.lastScreen()).toMatchObject({ edits: 1 })
  expect(bot.lastScreen().text).toContain('1,201')
})

test('a shop without servers and sales has a dashboard too', async () => {
  const sales = { today: [], week: [], month: [] }
  const bot = adminHarness({
    getDashboard: async () => ({ kind: 'seen', value: { ...dashboard, sales, servers: [], payments: { today: 0 } } }),
  })
  await bot.command('dashboard')
  expect(bot.lastScreen().text).toContain('No servers yet')
})

test('what needs somebody comes first, the worst at the top, with what to do', async () => {
  const oldestPaidAt = new Date('2026-11-21T08:00:00Z')
  const cause = { reason: 'fetch failed', count: 2, oldestMs: 1 }
  const bot = adminHarness({
    getDashboard: async () => ({
      kind: 'seen',
      value: {
        ...dashboard,
        room: { kind: 'full', people: 0, most: 100, held: 100 },
        undelivered: {
          paid: 3,
          trials: 0,
          oldestPaidAt,
          causes: [
            { ...cause, serverName: 'ams-<1>' },
            { ...cause, serverName: null, count: 1 },
          ],
        },
      },
    }),
    listProcesses: async () => [
      { process: 'client', state: 'running', running: 1, seenAt: oldestPaidAt },
      { process: 'jobs', state: 'silent', running: 0, seenAt: oldestPaidAt },
    ],
    listUnreachableStaff: async () => [8n],
  })
  await bot.command('dashboard')
  const { text } = bot.lastScreen()
  const words = [
    '3 customers have paid and got nothing</b>, the first has waited since 21 November at 11:00 MSK',
    '2 — server ams-&lt;1&gt;: open it',
    '1 — no room',
    'Background work is down',
    'There is no room left',
    '1 of the staff hears nothing',
    '4 open tickets',
    'Customers:',
  ]
  const places = words.map((part) => text.indexOf(part))
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(text).not.toContain('The bot for customers')
  expect(text).not.toContain('fetch failed')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toContain('🧑‍💼 Staff')
})

test('a shop in which all is well says so', async () => {
  const bot = adminHarness({ getDashboard: async () => ({ kind: 'seen', value: { ...dashboard, openTickets: 0 } }) })
  await bot.command('dashboard')
  expect(bot.lastScreen().text).toContain('Everything works')
})
