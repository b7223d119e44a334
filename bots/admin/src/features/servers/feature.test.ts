import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { amsterdam } from '../../testing/fake-shop.ts'

test('servers are listed with their health and load, and one is drained', async () => {
  const changeServerState = vi.fn(async () => ({ kind: 'changed' as const, before: 'active' as const }))
  const bot = adminHarness({ changeServerState })
  await bot.command('servers')
  expect(bot.lastScreen().buttons[0]?.text).toBe('🟢 🇳🇱 ams-1 · 45/100')
  await bot.tap('ams-1')
  expect(bot.lastScreen().text).toContain('3X-UI panel')
  await bot.tap('Take nobody new')
  expect(changeServerState).toHaveBeenCalledWith(1n, amsterdam.id, 'draining')
  expect(bot.lastScreen().text).toContain('takes nobody new')
})

test('disabling says how many it cuts off and asks first', async () => {
  const changeServerState = vi.fn(async () => ({ kind: 'changed' as const, before: 'active' as const }))
  const bot = adminHarness({ changeServerState })
  await bot.forge('srv:ams1')
  await bot.tap('⛔️ Disable')
  expect(bot.lastScreen().text).toContain('45 accesses')
  expect(changeServerState).not.toHaveBeenCalled()
  await bot.tap('Yes, disable')
  expect(changeServerState).toHaveBeenCalledWith(1n, amsterdam.id, 'disabled')
})

test('a disabled server offers only to be enabled', async () => {
  const bot = adminHarness({ seeServer: async () => ({ kind: 'seen', value: { ...amsterdam, state: 'disabled' } }) })
  await bot.forge('srv:ams1')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual([
    '✏️ Edit',
    '✅ Enable',
    '🔄 Refresh',
    '‹ Back',
    '🏠 Menu',
  ])
})
