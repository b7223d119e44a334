import { money } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna } from '../../testing/fake-shop.ts'

const redeeming = (result: Awaited<ReturnType<Shop['redeemPromo']>>) => vi.fn<Shop['redeemPromo']>(async () => result)
const week = { kind: 'days', days: 7, endsAt: new Date('2026-12-01T09:00:00Z') } as const

test('a code is redeemed by a link', async () => {
  const redeemPromo = redeeming(week)
  const bot = clientHarness({ redeemPromo })
  await bot.command('start', 'promo_WINTER-7')
  expect(redeemPromo).toHaveBeenCalledWith(anna.id, 'WINTER-7')
  expect(bot.lastScreen().text).toContain('The code gives you 7 days')
  expect(bot.lastScreen().text).toContain('until 1 December 2026')
})

test('a code is redeemed by a command, or in answer to the question', async () => {
  const redeemPromo = redeeming({ kind: 'balance', amount: money(10_000n, 'RUB') })
  const bot = clientHarness({ redeemPromo })
  await bot.command('promo', 'HUNDRED')
  expect(bot.lastScreen().text).toContain('₽100')
  await bot.command('promo')
  expect(bot.lastScreen().text).toContain('Write it here')
  await bot.text('hundred')
  expect(redeemPromo).toHaveBeenLastCalledWith(anna.id, 'hundred')
  expect(redeemPromo).toHaveBeenCalledTimes(2)
})

test.each(['unknown', 'over', 'used_up', 'already_used', 'newcomers_only', 'banned'] as const)(
  '%s is said in words, with a way on',
  async (kind) => {
    const bot = clientHarness({ redeemPromo: redeeming({ kind }) })
    await bot.command('promo', 'X'.repeat(4000))
    expect(bot.lastScreen().text.length).toBeGreaterThan(15)
    expect(bot.lastScreen().text.length).toBeLessThan(200)
    expect(bot.lastScreen().buttons.length).toBeGreaterThan(1)
  },
)
