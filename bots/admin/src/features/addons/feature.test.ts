import { money } from '@vpn-kiosk/domain'
import type { StaffAddon } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { monthPlan } from '../../testing/fake-shop.ts'

const addon: StaffAddon = {
  id: 'add_two00',
  kind: 'devices',
  amount: 2,
  price: money(6_000n, 'RUB'),
  otherPrices: [money(70n, 'EUR')],
  isActive: false,
}
const seen = <T>(value: T) => ({ kind: 'seen' as const, value })
const shop = {
  listPlansAsStaff: async () => seen([monthPlan]),
  listAddonsAsStaff: async () => seen([addon]),
}

test('two answers make an add-on, which is hidden until it is put on sale', async () => {
  const createAddon = vi.fn(async (_actor: unknown, _draft: unknown, _request: string) => ({
    kind: 'created' as const,
    addonId: addon.id,
  }))
  const updateAddon = vi.fn(async () => ({ kind: 'updated' as const }))
  const bot = adminHarness({ ...shop, createAddon, updateAddon })
  await bot.command('addons')
  await bot.tap('Devices')
  await bot.text('many')
  expect(bot.lastScreen().text).toContain('a whole number, 1 to 20')
  await bot.text('2')
  expect(bot.lastScreen().text).toContain('+2 devices')
  await bot.text('-60')
  expect(bot.lastScreen().text).toContain('never below zero')
  await bot.text('60')
  expect(createAddon.mock.calls[0]?.[1]).toEqual({ kind: 'devices', amount: 2, price: '60', currency: 'RUB' })
  expect(bot.lastScreen().text).toContain('hidden for now')
  await bot.tap('Sell')
  expect(updateAddon).toHaveBeenCalledWith(1n, addon.id, { isActive: true }, {})
})

test('a price that another has changed meanwhile is asked about again', async () => {
  const updateAddon = vi.fn(async () => ({ kind: 'changed_meanwhile' as const }))
  const bot = adminHarness({ ...shop, updateAddon })
  await bot.command('addons')
  await bot.tap('+2 devices')
  await bot.tap('Price')
  await bot.text('70')
  expect(updateAddon).toHaveBeenCalledWith(1n, addon.id, { price: '70' }, { price: '60.00' })
  expect(bot.lastScreen().text).toContain('Somebody else has changed this')
})

test('who may not change plans sees no add-ons and makes none', async () => {
  const forbidden = async () => ({ kind: 'forbidden' as const })
  const bot = adminHarness({ listAddonsAsStaff: forbidden, createAddon: forbidden, updateAddon: forbidden })
  await bot.forge('addon-new:devices')
  expect(bot.lastScreen().text).toContain('no permission')
})
