import { appsOf, systems } from '@vpn-kiosk/domain'
import type { Key } from '@vpn-kiosk/shop'
import { expect, test } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { monthPlan, readyKey, wideKey } from '../../testing/fake-shop.ts'

const having = (key: Key | null) => clientHarness({ getKey: async () => key })

test('the key is a picture with the subscription link; keys of single servers stand behind a button', async () => {
  const bot = having(readyKey)
  await bot.command('config')
  const screen = bot.lastScreen()
  expect(screen.kind).toBe('photo')
  expect(screen.text).toContain(`<code>${readyKey.subscriptionUrl}</code>`)
  expect(screen.text).toContain('up to 3 at the same time')
  expect(screen.text).not.toContain('vless://')
  expect(screen.text).not.toContain('servers ready')
  expect(screen.buttons).toContainEqual({ text: '📋 Copy the link', copy_text: { text: readyKey.subscriptionUrl } })
  await bot.tap('Keys by server (2)')
  expect(bot.lastScreen().text).toContain('🇳🇱 Amsterdam · VLESS')
  expect(bot.lastScreen().text).toContain('🇩🇪 Frankfurt · VLESS')
  expect(bot.lastScreen().text).toContain('<code>vless://')
})

test('whatever is pressed next, the key stays where it is', async () => {
  const bot = having(readyKey)
  await bot.command('config')
  for (const button of ['Android', 'Main menu', 'Help', 'Main menu', 'My key', 'Keys by server', 'My key'])
    await bot.tap(button)
  const [key] = bot.screens
  expect(key).toMatchObject({ kind: 'photo', edits: 0 })
  expect(key?.text).toContain(readyKey.subscriptionUrl)
  expect(bot.screens.filter(({ kind }) => kind === 'photo').length).toBeGreaterThan(1)
  expect(bot.callsOf('editMessageMedia')).toEqual([])
})

test('while servers are still to come, the key says how many are ready', async () => {
  const bot = having({ ...readyKey, ready: { count: 2, of: 3 } })
  await bot.command('config')
  expect(bot.lastScreen().text).toContain('2 of 3 servers ready')
})

test("the shop's logo stands in the middle of the picture", async () => {
  const square = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>',
  )
  const pictureOf = async (logoVersion: string | null) => {
    const getShop = async () => ({ name: 'Fast Fox', logoVersion })
    const bot = clientHarness({ getKey: async () => readyKey, getShop, getShopLogo: async () => square })
    await bot.command('config')
    const photo = bot.callsOf('sendPhoto')[0]?.photo as { readonly fileData: Uint8Array }
    return Buffer.from(photo.fileData).toString('base64')
  }
  const [plain, withLogo] = [await pictureOf(null), await pictureOf('one')]
  expect(withLogo).not.toBe(plain)
  expect(await pictureOf(null)).toBe(plain)
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
  for (const { app, storeUrl } of appsOf(system)) {
    expect(urls).toContain(storeUrl)
    expect(urls).toContain(`https://vpn.example/open?app=${app.id}&t=0123456789abcdefghjkmnpqrstvwxyz`)
  }
  expect(bot.lastScreen().buttons.map((button) => button.text)).toContain('🏠 Main menu')
})

test('without a key the instructions carry no import buttons', async () => {
  const bot = having(null)
  await bot.forge('os:android')
  expect(JSON.stringify(bot.lastScreen().buttons)).not.toContain('/open?')
})

test.each([
  [null, 'No key yet'],
  [{ ...readyKey, standing: 'expired', waysIn: [] }, 'subscription has ended'],
  [{ ...readyKey, standing: 'expired', isTrial: true, waysIn: [] }, 'trial has ended'],
  [{ ...readyKey, standing: 'suspended', waysIn: [] }, 'suspended'],
  [{ ...readyKey, standing: 'traffic_used_up', waysIn: [] }, 'used up'],
  [{ ...readyKey, standing: 'traffic_used_up', isTrial: true, waysIn: [] }, 'traffic is used up'],
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
  expect(bot.lastScreen().text.replace(/\s/g, ' ')).toContain('3 days, 10 GB of traffic, up to 2 devices')
})

test.each([
  ['expired', ['🔄 Renew: 1 month — ₽299', '🛒 All subscriptions', '🏠 Main menu']],
  ['traffic_used_up', ['🔄 Renew: 1 month — ₽299', '🛒 All subscriptions', '🏠 Main menu']],
  ['suspended', ['💬 Support', '🏠 Main menu']],
] as const)('a key that does not work (%s) leads to one next step', async (standing, expected) => {
  const bot = clientHarness({
    getKey: async () => ({ ...readyKey, standing, waysIn: [] }),
    suggestPlan: async () => monthPlan,
  })
  await bot.command('config')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual(expected)
})
