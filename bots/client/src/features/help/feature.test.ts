import { expect, test } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'

test('help leads to the instructions of every system', async () => {
  const bot = clientHarness({ getKey: async () => null })
  await bot.command('help')
  expect(bot.lastScreen().buttons).toHaveLength(9)
  await bot.tap('Windows')
  expect(bot.lastScreen().text).toContain('Install an app')
})
