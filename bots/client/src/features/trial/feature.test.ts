import type { StartTrialResult } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'

test('the trial begins by one tap and promises the key', async () => {
  const bot = clientHarness({
    startTrial: async () => ({
      kind: 'started',
      subscriptionId: 'sub_0123456789abcdefghjk',
      days: 3,
      endsAt: new Date('2026-11-24T10:00:00Z'),
      limits: { trafficLimitBytes: 10n * 1024n ** 3n, deviceLimit: 2 },
    }),
  })
  await bot.command('menu')
  await bot.tap('Try for free')
  expect(bot.lastScreen().text).toContain('3 days for free, until 24 November at 13:00 MSK')
  expect(bot.lastScreen().text).toContain('10 GB of traffic · 📱 up to 2 devices')
})

test.each(['waits', 'closed'] as const)('while nobody can be served (%s) it does not begin', async (room) => {
  const startTrial = vi.fn()
  const bot = clientHarness({ startTrial, checkRoom: async () => room })
  await bot.command('menu')
  await bot.tap('Try for free')
  expect(startTrial).not.toHaveBeenCalled()
  expect(bot.lastScreen().text).toContain('no free place')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual(['🔄 Try again', '💬 Support', '🏠 Main menu'])
})

test.each([
  [{ kind: 'already_used' }, 'Everyone gets one'],
  [{ kind: 'already_customer' }, 'for newcomers'],
  [{ kind: 'not_offered' }, 'no trial right now'],
  [{ kind: 'banned' }, 'Your access is blocked'],
] as const)('a second try is refused politely: %j', async (result: StartTrialResult, sentence) => {
  const bot = clientHarness({ startTrial: async () => result })
  await bot.command('trial')
  expect(bot.lastScreen().text).toContain(sentence)
})
