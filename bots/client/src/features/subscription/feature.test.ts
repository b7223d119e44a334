import { expect, test } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { activeSubscription, has } from '../../testing/fake-shop.ts'
import { trafficBar } from './views.ts'

test('the subscription shows its end, plan, traffic and devices', async () => {
  const limited = { ...activeSubscription, trafficLimitBytes: 10n * 1024n ** 3n, devices: 1 }
  const bot = clientHarness(has(limited))
  await bot.command('menu')
  await bot.tap('Subscription')
  const { text } = bot.lastScreen()
  expect(text).toContain('🟢 Until 21 December 2026 (30 days)')
  expect(text).toContain('Plan: 1 month')
  expect(text).toContain('3 GB of 10 GB')
  expect(text).toContain('▰▰▰▱▱▱▱▱▱▱')
  expect(text).toContain('Devices: up to 3 at the same time')
  expect(text).not.toContain('Separate keys')
  await bot.tap('Renew: 1 month')
  expect(bot.lastScreen().text).toContain('1 month — ₽299')
})

test('what is paid and not yet ready says so', async () => {
  const bot = clientHarness(has({ ...activeSubscription, isPreparing: true }))
  await bot.command('menu')
  await bot.tap('Subscription')
  expect(bot.lastScreen().text).toContain('access is being set up')
})

test('who has nothing is offered to buy', async () => {
  const bot = clientHarness()
  await bot.forge('sub')
  expect(bot.lastScreen().text).toContain('There is none yet')
  expect(bot.lastScreen().buttons[0]?.text).toBe('🛒 Buy a subscription')
})

test('the traffic bar is never empty with something used nor full with something left', () => {
  expect(trafficBar(0n, 100n)).toBe('▱▱▱▱▱▱▱▱▱▱')
  expect(trafficBar(1n, 1000n)).toBe('▰▱▱▱▱▱▱▱▱▱')
  expect(trafficBar(999n, 1000n)).toBe('▰▰▰▰▰▰▰▰▰▱')
  expect(trafficBar(1000n, 1000n)).toBe('▰▰▰▰▰▰▰▰▰▰')
  expect(trafficBar(2000n, 1000n)).toBe('▰▰▰▰▰▰▰▰▰▰')
})

test.each([
  [
    'expired',
    false,
    ['🔄 Renew: 1 month — ₽299', '🛒 All subscriptions', '🧾 Payment history', '💰 Balance', '🏠 Main menu'],
  ],
  ['expired', true, ['🛒 1 month — ₽299', '🛒 All subscriptions', '🧾 Payment history', '💰 Balance', '🏠 Main menu']],
  ['suspended', false, ['💬 Support', '🧾 Payment history', '💰 Balance', '🏠 Main menu']],
] as const)('what has ended (%s, trial: %s) leads to one next step', async (standing, isTrial, expected) => {
  const bot = clientHarness(has({ ...activeSubscription, standing, isTrial }))
  await bot.forge('sub')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual(expected)
})
