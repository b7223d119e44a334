import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { activeSubscription, anna, has } from '../../testing/fake-shop.ts'

test('a newcomer is greeted by name and offered the trial', async () => {
  const bot = clientHarness({ recognizeCustomer: async () => ({ customer: anna, subscription: null, isNew: true }) })
  await bot.command('start')
  expect(bot.lastScreen().text).toContain('Hello, Anna!')
  expect(bot.lastScreen().text).toContain('No subscription yet')
  expect(bot.lastScreen().text.replace(/\s/g, ' ')).toContain('3 days, 10 GB of traffic, up to 2 devices')
  expect(bot.lastScreen().buttons[0]?.text).toBe('🎁 Try for free: 3 days')
})

test("a newcomer reads the shop's own name", async () => {
  const bot = clientHarness({
    recognizeCustomer: async () => ({ customer: anna, subscription: null, isNew: true }),
    getShop: async () => ({ name: 'Fast <Fox>', logoVersion: null }),
  })
  await bot.command('start')
  expect(bot.lastScreen().text).toContain('<b>Fast &lt;Fox&gt;</b>')
})

test.each([
  ['renew', 'Renew for how long?'],
  ['devices', 'Your key works on 3 devices'],
  ['__proto__', 'Welcome back'],
])('the subscription page leads to a screen: %s', async (screen, sentence) => {
  const bot = clientHarness({
    ...has(activeSubscription),
    listDevices: async () => ({
      standing: 'active',
      deviceLimit: 3,
      surplusClosesAt: null,
      shared: null,
      devices: [],
      places: [],
    }),
  })
  await bot.command('start', screen)
  expect(bot.lastScreen().text).toContain(sentence)
})

test('a deep link tells the shop who invited the newcomer', async () => {
  const recognizeCustomer = vi.fn(async () => ({ customer: anna, subscription: null, isNew: true }))
  const bot = clientHarness({ recognizeCustomer }, { name: 'Anna', language: 'en' })
  await bot.command('start', 'ref_friend12')
  expect(recognizeCustomer).toHaveBeenCalledWith(
    { telegramId: 5551n, firstName: 'Anna', lastName: undefined, username: undefined, languageCode: 'en' },
    'friend12',
  )
})

test('an invented payload is no referral', async () => {
  const recognizeCustomer = vi.fn(async (_person: unknown, _code?: string) => ({
    customer: anna,
    subscription: null,
    isNew: true,
  }))
  const bot = clientHarness({ recognizeCustomer })
  await bot.command('start', "ref_'; drop table")
  expect(recognizeCustomer.mock.calls[0]?.[1]).toBeUndefined()
  expect(bot.lastScreen().text).toContain('Anna')
})

test('starting twice is harmless', async () => {
  const bot = clientHarness(has(activeSubscription))
  await bot.command('start')
  await bot.command('start')
  expect(bot.lastScreen().text).toContain('Welcome back')
  expect(bot.lastScreen().text).toContain('🟢 Until 21 December 2026 (30 days)')
})

test("a person's name is never markup", async () => {
  const bot = clientHarness({
    recognizeCustomer: async () => ({ customer: { ...anna, firstName: '<b>&' }, subscription: null, isNew: true }),
  })
  await bot.command('start')
  expect(bot.lastScreen().text).toContain('&lt;b&gt;&amp;')
})

test.each([
  ['accepted', 'your friend gets a bonus'],
  ['late', 'does not count'],
  ['own', 'your own link'],
  ['circle', 'does not count'],
] as const)('somebody known hears what became of an invitation: %s', async (outcome, sentence) => {
  const acceptInvitation = vi.fn(async () => outcome)
  const bot = clientHarness({ acceptInvitation })
  await bot.command('start', 'ref_friend12')
  expect(acceptInvitation).toHaveBeenCalledWith(anna.id, 'friend12')
  expect(bot.lastScreen().text).toContain('Welcome back')
  expect(bot.lastScreen().text).toContain(sentence)
})

test('an invitation that counted before, or of nobody, is not spoken of', async () => {
  for (const outcome of ['already', 'unknown'] as const) {
    const bot = clientHarness({ acceptInvitation: async () => outcome })
    await bot.command('start', 'ref_friend12')
    expect(bot.lastScreen().text).not.toContain('nvitation')
  }
})
