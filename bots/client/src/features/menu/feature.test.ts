import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { activeSubscription, anna, has } from '../../testing/fake-shop.ts'

test('a screen of the menu costs one read: the customer with the subscription', async () => {
  const recognizeCustomer = vi.fn(async () => ({ customer: anna, subscription: activeSubscription, isNew: false }))
  const bot = clientHarness({ recognizeCustomer })
  await bot.command('menu')
  expect(recognizeCustomer).toHaveBeenCalledTimes(1)
  await bot.tap('Subscription')
  expect(recognizeCustomer).toHaveBeenCalledTimes(2)
})

test('who has a subscription sees until when, is offered a renewal and no trial', async () => {
  const bot = clientHarness(has(activeSubscription))
  await bot.command('menu')
  const labels = bot.lastScreen().buttons.map((button) => button.text)
  expect(labels[0]).toBe('🛒 Renew')
  expect(labels.join()).not.toContain('Try for free')
})

test.each([
  [{ isPreparing: true }, '⏳ Your key is being prepared'],
  [{ isTrial: true }, '🎁 Trial until'],
  [{ standing: 'expired' as const }, '🔴 Your subscription ended on 21 December 2026'],
  [{ standing: 'suspended' as const }, '⛔️'],
  [{ standing: 'traffic_used_up' as const }, '🟠'],
  [{ daysLeft: 1 }, '🟢 Until 21 December at 13:00 MSK (1 day)'],
])('the status line says how things stand: %j', async (change, expected) => {
  const bot = clientHarness(has({ ...activeSubscription, ...change }))
  await bot.command('menu')
  expect(bot.lastScreen().text).toContain(expected)
})

test('a trial is offered with its limits, and with none to whoever had one', async () => {
  const bot = clientHarness()
  await bot.command('menu')
  expect(bot.lastScreen().text.replace(/\s/g, ' ')).toContain(
    'Try it for free: 3 days, 10 GB of traffic, up to 2 devices. No card needed.',
  )
  const other = clientHarness({
    recognizeCustomer: async () => ({ customer: { ...anna, isTrialUsed: true }, subscription: null, isNew: false }),
  })
  await other.command('menu')
  expect(other.lastScreen().text).not.toContain('Try it for free')
})

test('screens replace one another in one message', async () => {
  const bot = clientHarness()
  await bot.command('menu')
  await bot.tap('Help')
  await bot.tap('Main menu')
  expect(bot.screens).toHaveLength(1)
  expect(bot.lastScreen().text).toContain('Main menu')
})

test('a menu sent before a trial was taken answers politely and shows the fresh one', async () => {
  let isTrialUsed = false
  const bot = clientHarness({
    recognizeCustomer: async () => ({ customer: { ...anna, isTrialUsed }, subscription: null, isNew: false }),
    startTrial: async () => {
      throw new Error('a trial that is no longer offered was started')
    },
  })
  await bot.command('menu')
  isTrialUsed = true
  await bot.tap('Try for free')
  expect(bot.lastAnswer()).toContain('out of date')
  expect(bot.lastScreen().buttons[0]?.text).toBe('🛒 Buy a subscription')
})

test('cancel says so and shows the menu', async () => {
  const bot = clientHarness()
  await bot.command('cancel')
  expect(bot.lastScreen().text).toContain('canceled')
  expect(bot.lastScreen().buttons.length).toBeGreaterThan(5)
})
