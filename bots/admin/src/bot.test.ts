import type { StaffRole } from '@vpn-kiosk/domain'
import { expect, test, vi } from 'vitest'
import { adminHarness } from './testing/admin-harness.ts'

const refusal = async () => ({ kind: 'forbidden' as const })

test('a stranger reads one polite sentence, whatever they try, and no verb is called', async () => {
  const bot = adminHarness({ findRole: async () => null })
  await bot.command('start')
  await bot.command('dashboard')
  await bot.text('hello')
  expect(new Set(bot.screens.map((screen) => screen.text))).toEqual(new Set([bot.lastScreen().text]))
  expect(bot.lastScreen().text).toContain("for the shop's staff")
  expect(bot.lastScreen().buttons).toEqual([])
  await bot.forge('dash')
  await bot.forge('ban:anna')
  expect(bot.lastAnswer()).toContain("for the shop's staff")
  expect(bot.screens).toHaveLength(3)
})

test('whoever reads Russian is spoken to in Russian', async () => {
  for (const language of ['ru', 'uk']) {
    const bot = adminHarness({}, { language })
    await bot.command('start')
    expect(bot.lastScreen().text).not.toMatch(/Running/)
  }
})

test('the language of the screens is noted once for what is told later, and not of a stranger', async () => {
  const remember = vi.fn(async () => {})
  const bot = adminHarness({ remember })
  await bot.command('start')
  await bot.command('dashboard')
  expect(remember).toHaveBeenCalledExactlyOnceWith('speaks:1', 'en')
  const strange = adminHarness({ remember, findRole: async () => null })
  await strange.command('start')
  expect(remember).toHaveBeenCalledOnce()
})

test('whoever comes is told the alerts that they missed, and no stranger is', async () => {
  const resumeStaffNotifications = vi.fn(async () => {})
  await adminHarness({ resumeStaffNotifications }).command('start')
  expect(resumeStaffNotifications).toHaveBeenCalledExactlyOnceWith(1n)
  await adminHarness({ resumeStaffNotifications, findRole: async () => null }).command('start')
  expect(resumeStaffNotifications).toHaveBeenCalledOnce()
})

test('an agent is offered customers only, and the owner everything', async () => {
  const labels = async (role: StaffRole) => {
    const bot = adminHarness({ findRole: async () => role })
    await bot.command('start')
    return bot.lastScreen().buttons.map((button) => button.text)
  }
  expect(await labels('support')).toEqual(['👥 Customers'])
  expect(await labels('admin')).not.toContain('🧑‍💼 Staff')
  expect(await labels('owner')).toContain('🧑‍💼 Staff')
})

test('a role that was taken away between two presses meets the refusal of the verb', async () => {
  const bot = adminHarness({ getDashboard: refusal, banCustomer: refusal, startBroadcast: refusal })
  await bot.command('dashboard')
  expect(bot.lastScreen().text).toContain('no permission')
  await bot.forge('ban:anna')
  expect(bot.lastScreen().text).toContain('no permission')
  await bot.forge('bc-go:news')
  expect(bot.lastScreen().text).toContain('no permission')
})

test('an outdated button and nonsense are answered', async () => {
  const bot = adminHarness()
  await bot.forge('no-such-button:1')
  expect(bot.lastAnswer()).not.toBe('')
  await bot.text('🙂'.repeat(2000))
  expect(bot.lastScreen().text).toContain('Running the shop')
})
