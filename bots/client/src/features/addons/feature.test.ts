import { type Addon, money } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { activeSubscription, anna, has } from '../../testing/fake-shop.ts'

const endsAt = new Date('2026-12-21T10:00:00Z')
const devices: Addon = {
  id: 'add_0123456789abcdefghjk',
  kind: 'devices',
  amount: 2,
  price: money(6_000n, 'RUB'),
  otherPrices: [],
}
const traffic: Addon = { ...devices, id: 'add_1123456789abcdefghjk', kind: 'traffic', amount: 50 }
const selling: Partial<Shop> = {
  ...has(activeSubscription),
  listAddons: async () => ({ addons: [devices, traffic], endsAt }),
  getBalance: async () => ({ amounts: [], lines: [] }),
  findLastMethod: async () => 'cryptobot',
}
const invoice: Awaited<ReturnType<Shop['startAddon']>> = {
  kind: 'invoice',
  paymentId: 'pay_0123456789abcdefghjk',
  url: 'https://pay.test/1',
  addon: devices,
  amount: devices.price,
  expiresAt: new Date('2026-11-21T10:00:00Z'),
  endsAt,
}
const labels = (bot: ReturnType<typeof clientHarness>) => bot.lastScreen().buttons.map(({ text }) => text)

async function open(verbs: Partial<Shop> = {}) {
  const bot = clientHarness({ ...selling, ...verbs })
  await bot.forge('sub')
  await bot.tap('More devices or traffic')
  return bot
}

test('from the subscription it is two taps to an invoice by the way that was paid last, and one to the others', async () => {
  const startAddon = vi.fn<Shop['startAddon']>(async () => invoice)
  const bot = await open({ startAddon, quoteCoins: async () => null })
  expect(labels(bot)).toEqual(['+2 devices — ₽60', '+50 GB — ₽60', '‹ Back', '🏠 Main menu'])
  await bot.tap('+2 devices')
  expect(startAddon).toHaveBeenCalledWith(
    expect.objectContaining({ customerId: anna.id, addonId: devices.id, providerId: 'cryptobot', shownMinor: 6_000n }),
  )
  expect(bot.lastScreen().text).toContain('+2 devices — ₽60')
  expect(bot.lastScreen().text).toContain('work until 21 December')
  expect(labels(bot)[0]).toBe('💳 Pay ₽60')
  await bot.tap('Another way to pay')
  expect(bot.lastScreen().text).toContain('How would you like to pay?')
})

test.each([
  [6_000n, 'From the balance — ₽60'],
  [2_500n, 'Balance ₽25 + pay ₽35'],
])('a balance of %s is offered first', async (minor, label) => {
  const bot = await open({ getBalance: async () => ({ amounts: [money(minor, 'RUB')], lines: [] }) })
  await bot.tap('+2 devices')
  expect(labels(bot)[0]).toContain(label)
})

test.each<[Awaited<ReturnType<Shop['buyAddon']>>, string]>([
  [{ kind: 'bought', endsAt }, 'Paid from your balance'],
  [{ kind: 'short', missing: money(100n, 'RUB') }, "isn't enough"],
  [{ kind: 'already_paid' }, 'paid already'],
  [{ kind: 'price_changed' }, 'price has changed'],
  [{ kind: 'addon_gone' }, 'Nothing to add'],
  [{ kind: 'banned' }, 'blocked'],
])('what a tap on the balance comes to is said (%o)', async (result, words) => {
  const buyAddon = vi.fn(async () => result)
  const amounts = [money(6_000n, 'RUB')]
  const bot = await open({ buyAddon, getBalance: async () => ({ amounts, lines: [] }) })
  await bot.tap('+2 devices')
  await bot.tap('From the balance')
  expect(buyAddon).toHaveBeenCalledWith(expect.objectContaining({ addonId: devices.id, shownMinor: 6_000n }))
  expect(bot.lastScreen().text).toContain(words)
})

test.each<[Awaited<ReturnType<Shop['startAddon']>>['kind'], string]>([
  ['already_paid', 'paid already'],
  ['price_changed', 'price has changed'],
  ['addon_gone', 'Nothing to add'],
  ['banned', 'blocked'],
  ['provider_gone', 'no longer works'],
  ['provider_unavailable', "isn't responding"],
  ['provider_refused', "doesn't work right now"],
])('a refusal (%s) is a sentence with a way on', async (kind, words) => {
  const bot = await open({ startAddon: async () => ({ kind }) as Awaited<ReturnType<Shop['startAddon']>> })
  await bot.tap('+2 devices')
  expect(bot.lastScreen().text).toContain(words)
  expect(labels(bot).length).toBeGreaterThan(0)
})

test('an old button of what is not offered any more says so', async () => {
  const bot = clientHarness({ ...has(activeSubscription), listAddons: async () => null })
  await bot.forge('addons')
  expect(bot.lastScreen().text).toContain('Nothing to add right now')
})
