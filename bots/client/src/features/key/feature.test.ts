import type { Key } from '@vpn-kiosk/shop'
import { expect, test } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { readyKey, wideKey } from '../../testing/fake-shop.ts'
import { appsOf, systems } from './apps.ts'

const having = (key: Key | null) => clientHarness({ getKey: async () => key })

test('the key is a picture with the subscription link and a link for each server', async () => {
  const bot = having(readyKey)
  await bot.command('config')
  const screen = bot.lastScreen()
  expect(screen.kind).toBe('photo')
  expect(screen.text).toContain(`<code>${readyKey.subscriptionUrl}</code>`)
  expect(screen.text).toContain('🇳🇱 Amsterdam · VLESS')
  expect(screen.text).toContain('🇩🇪 Frankfurt · VLESS')
  expect(screen.text).toContain('<code>vless://')
  expect(screen.buttons).toContainEqual({ text: '📋 Copy the link', copy_text: { text: readyKey.subscriptionUrl } })
})

test('a caption never outgrows Telegram: many servers get a screen of their own', async () => {
  const bot = having(wideKey)
  await bot.command('config')
  expect(bot.lastScreen().text.replace(/<[^>]*>/g, '').length).toBeLessThanOrEqual(1024)
  await bot.tap('Keys by server (6)')
  expect(bot.lastScreen().text).toContain('City 4')
  expect(bot.lastScreen().text).not.toContain('City 5')
  await bot.tap('Next')
  expect(bot.lastScreen().text).toContain('City 6')
  await bot.tap('Back')
  expect(bot.lastScreen().text).toContain('City 1')
})

test.each(systems)('instructions for %s import through the redirect page', async (system) => {
  const bot = having(readyKey)
  await bot.forge(`os:${system}`)
  const urls = bot.lastScreen().buttons.flatMap((button) => ('url' in button ? [button.url] : []))
  for (const app of appsOf[system])
    expect(urls).toContain(`https://vpn.example/open?app=${app.id}&t=0123456789abcdefghjkmnpqrstvwxyz`)
  expect(bot.lastScreen().buttons.map((button) => button.text)).toContain('🏠 Main menu')
})

test('without a key the instructions carry no import buttons', async () => {
  const bot = having(null)
  await bot.forge('os:android')
  expect(JSON.stringify(bot.lastScreen().buttons)).not.toContain('/open?')
})

test.each([
  [null, 'No key yet'],
  [{ ...readyKey, standing: 'expired', waysIn: [] }, 'has ended'],
  [{ ...readyKey, standing: 'suspended', waysIn: [] }, 'suspended'],
  [{ ...readyKey, standing: 'traffic_used_up', waysIn: [] }, 'used up'],
  [{ ...readyKey, isPreparing: true, waysIn: [] }, 'being prepared'],
  [{ ...readyKey, waysIn: [] }, 'a key of its own'],
] as const)('where there is nothing to connect with, the screen says why', async (key, sentence) => {
  const bot = having(key)
  await bot.command('config')
  expect(bot.lastScreen().kind).toBe('text')
  expect(bot.lastScreen().text).toContain(sentence)
  expect(bot.lastScreen().text).not.toContain('vless://')
})

test('who never had a key is offered the trial and the price list', async () => {
  const bot = having(null)
  await bot.command('config')
  const labels = bot.lastScreen().buttons.map((button) => button.text)
  expect(labels).toEqual(['🎁 Try for free', '🛒 Buy a subscription', '🏠 Main menu'])
})
