import type { FreezeState } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { activeSubscription, anna, has } from '../../testing/fake-shop.ts'

const offered: FreezeState = {
  kind: 'offered',
  freezeDays: 14,
  freezesPerYear: 2,
  left: 2,
  endsAt: activeSubscription.endsAt!,
  until: new Date('2026-12-05T09:00:00Z'),
}

test('from the subscription: what a freeze does is said first, then it is on and off in one tap each', async () => {
  let state = offered
  const freezeSubscription = vi.fn(async () => {
    state = { ...state, kind: 'frozen', left: 1 }
    return 'frozen' as const
  })
  const unfreezeSubscription = vi.fn(async () => {
    state = { ...state, kind: 'offered' }
    return 'unfrozen' as const
  })
  const getFreeze = async () => state
  const bot = clientHarness({ ...has(activeSubscription), getFreeze, freezeSubscription, unfreezeSubscription })
  await bot.command('menu')
  await bot.tap('Subscription')
  await bot.tap('Freeze')
  expect(bot.lastScreen().text).toContain('time stands still')
  expect(bot.lastScreen().text).toContain('2 freezes of 2 a year are left')
  await bot.tap('Freeze now')
  const wish = { customerId: anna.id, endsAt: offered.endsAt }
  expect(freezeSubscription).toHaveBeenCalledExactlyOnceWith(wish)
  expect(bot.lastScreen().text).toContain('The subscription is frozen')
  await bot.tap('Unfreeze now')
  expect(unfreezeSubscription).toHaveBeenCalledExactlyOnceWith(wish)
  expect(bot.lastScreen().text).toContain('works again')
})

test('a frozen subscription leads to its end at one tap', async () => {
  const bot = clientHarness({
    ...has({ ...activeSubscription, standing: 'frozen' }),
    getFreeze: async () => ({ ...offered, kind: 'frozen' as const }),
  })
  await bot.command('menu')
  await bot.tap('Subscription')
  expect(bot.lastScreen().text).toContain('Frozen')
  await bot.tap('Unfreeze')
  expect(bot.lastScreen().text).toContain('turns on by itself')
})

test('where the shop freezes nothing there is no button, and an old one says so', async () => {
  const bot = clientHarness(has(activeSubscription))
  await bot.command('menu')
  await bot.tap('Subscription')
  expect(JSON.stringify(bot.lastScreen())).not.toContain('Freeze')
})
