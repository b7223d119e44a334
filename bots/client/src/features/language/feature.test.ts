import { expect, test, vi } from 'vitest'
import { clientHarness, translations } from '../../testing/client-harness.ts'
import { anna } from '../../testing/fake-shop.ts'

test('a chosen language is kept and spoken at once', async () => {
  const changeLanguage = vi.fn(async () => {})
  const bot = clientHarness({ changeLanguage })
  await bot.command('language')
  const russian = translations.translatorFor('ru')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual([
    russian.plain('language-own'),
    '✓ 🇬🇧 English',
    '‹ Back',
  ])
  await bot.tap(russian.plain('language-own'))
  expect(changeLanguage).toHaveBeenCalledWith(anna.id, 'ru')
  expect(bot.lastScreen().text).toContain(russian('menu-title'))
  expect(bot.lastScreen().buttons[1]?.text).toBe(russian.plain('menu-buy'))
})

test('the language screen is reached from the menu and leads back', async () => {
  const bot = clientHarness()
  await bot.command('menu')
  await bot.tap('Language')
  expect(bot.lastScreen().buttons).toHaveLength(3)
  await bot.tap('Back')
  expect(bot.lastScreen().text).toContain('Main menu')
})
