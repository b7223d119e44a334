import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { amsterdam } from '../../testing/fake-shop.ts'

test('servers are listed with their health and load, and one is drained', async () => {
  const changeServerState = vi.fn(async () => ({ kind: 'changed' as const, before: 'active' as const }))
  const bot = adminHarness({ changeServerState })
  await bot.command('servers')
  expect(bot.lastScreen().buttons[0]?.text).toBe('🟢 🇳🇱 ams-1 · 45 of 100')
  await bot.tap('ams-1')
  expect(bot.lastScreen().text).toContain('3X-UI panel')
  await bot.tap('Take no new customers')
  expect(changeServerState).toHaveBeenCalledWith(1n, amsterdam.id, 'draining')
  expect(bot.lastScreen().text).toContain('takes no new customers')
})

test('a full server is not said to take customers', async () => {
  const bot = adminHarness({ getServerCard: async () => ({ kind: 'seen', value: { ...amsterdam, accesses: 100 } }) })
  await bot.forge('srv:ams1')
  expect(bot.lastScreen().text).toContain('Full: new customers do not get in')
  expect(bot.lastScreen().text).not.toContain('Takes customers')
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
  const bot = adminHarness({
    getServerCard: async () => ({ kind: 'seen', value: { ...amsterdam, state: 'disabled' } }),
  })
  await bot.forge('srv:ams1')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual([
    '✏️ Edit',
    '✅ Enable',
    '🔄 Refresh',
    '‹ Back',
    '🏠 Menu',
  ])
})

const [panel] = amsterdam.endpoints

/** The card of a server whose panel is so. */
async function cardOf(change: Partial<NonNullable<typeof panel>>, language: 'ru' | 'en' = 'en') {
  const value = { ...amsterdam, endpoints: [{ ...panel!, ...change }] }
  const bot = adminHarness({ getServerCard: async () => ({ kind: 'seen', value }) }, { language })
  await bot.forge('srv:ams1')
  return bot.lastScreen().text
}

test('what is wrong is said in the language of the reader, for the part that it is about', async () => {
  const change = {
    health: 'degraded' as const,
    healthReason: 'inbound 3 is disabled',
    problems: [{ code: 'inbound_off' as const, detail: 'WS :8443' }],
  }
  expect(await cardOf(change)).toContain('<b>WS :8443</b>: The inbound is switched off on the panel.')
  expect(await cardOf(change, 'ru')).toMatch(/<b>WS :8443<\/b>: [^a-z]+$/)
  expect(await cardOf(change, 'ru')).not.toContain('disabled')
})

test('a panel that is away is said without a part, and in its own words where ours say too little', async () => {
  const away = { health: 'down' as const, healthReason: 'read ECONNRESET', problems: [] }
  expect(await cardOf({ ...away, problems: [{ code: 'timeout', detail: '' }] })).toContain('⚠️ No answer came in time.')
  expect(await cardOf({ ...away, problems: [{ code: 'timeout', detail: '' }] })).not.toContain('ECONNRESET')
  expect(await cardOf({ ...away, problems: [{ code: 'server_error', detail: '' }] })).toContain('ECONNRESET')
  expect(await cardOf(away)).toContain('ECONNRESET')
})
