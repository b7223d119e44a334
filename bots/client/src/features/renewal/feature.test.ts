import { money } from '@vpn-kiosk/domain'
import type { RenewalState, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { activeSubscription, anna, has, monthPlan } from '../../testing/fake-shop.ts'

const off: RenewalState = {
  isOn: false,
  source: 'balance',
  stars: null,
  offReason: null,
  plan: { id: monthPlan.id, title: monthPlan.title, days: 30, price: monthPlan.price },
  endsAt: activeSubscription.endsAt,
  chargeAt: new Date('2026-12-20T22:00:00Z'),
  missing: null,
  card: null,
  maySaveCard: false,
}
const on: RenewalState = { ...off, isOn: true }

test('from the subscription: what is taken, when and from where is said before it is switched on', async () => {
  let state = off
  const switchRenewalOn = vi.fn(async () => {
    state = on
    return 'on' as const
  })
  const switchRenewalOff = vi.fn(async () => {
    state = off
  })
  const bot = clientHarness({
    ...has(activeSubscription),
    getRenewal: async () => state,
    switchRenewalOn,
    switchRenewalOff,
  })
  await bot.command('menu')
  await bot.tap('Subscription')
  await bot.tap('Auto-renewal')
  expect(bot.lastScreen().text).toContain('Auto-renewal is off')
  expect(bot.lastScreen().text).toContain('“1 month”: ₽299 for 30 days')
  expect(bot.lastScreen().text).toContain('first on 21 December at 01:00 MSK')
  expect(bot.lastScreen().text).toContain('never take more than we said')
  await bot.tap('Turn on: ₽299')
  expect(switchRenewalOn).toHaveBeenCalledExactlyOnceWith(anna.id, { source: 'balance', minor: 29_900n })
  expect(bot.lastScreen().text).toContain('Next charge to your balance: 21 December at 01:00 MSK')
  await bot.tap('Turn off')
  expect(switchRenewalOff).toHaveBeenCalledExactlyOnceWith(anna.id)
  expect(bot.lastScreen().text).toContain('Auto-renewal is off')
})

test('what the balance lacks is said, with a button for just that', async () => {
  const bot = clientHarness({ getRenewal: async () => ({ ...on, missing: money(19_900n, 'RUB') }) })
  await bot.forge('auto')
  expect(bot.lastScreen().text).toContain('lacks ₽199')
  await bot.tap('Top up by ₽199')
  expect(bot.lastScreen().text).toContain('₽199')
})

test.each([
  ['price_changed', 'The price has changed'],
  ['ended', 'has ended'],
  ['plan_gone', 'not sold any more'],
  ['banned', 'blocked'],
] as const)('a press that is refused for %s says so, and what holds now', async (kind, sentence) => {
  const bot = clientHarness({ getRenewal: async () => off, switchRenewalOn: async () => kind })
  await bot.forge('auto-on:balance:100')
  expect(bot.lastScreen().text).toContain(sentence)
  expect(bot.lastScreen().text).toContain('Auto-renewal is off')
})

test.each([null, { ...off, plan: null }])('who has nothing to renew is offered to buy', async (state) => {
  const bot = clientHarness({ getRenewal: async () => state })
  await bot.forge('auto')
  expect(bot.lastScreen().text).toContain('nothing to renew yet')
  expect(bot.lastScreen().buttons[0]?.text).toBe('🛒 Buy a subscription')
})

test.each(['failed', 'plan_gone', 'refunded', 'stars_ended'] as const)(
  'it says why it is off: %s',
  async (offReason) => {
    const bot = clientHarness({ getRenewal: async () => ({ ...off, offReason, chargeAt: null }) })
    await bot.forge('auto')
    expect(bot.lastScreen().text).toMatch(/went through|not sold|refunded|charged no stars/)
  },
)

test('buttons of sources and prices that nobody made are no trouble', async () => {
  const switchRenewalOn = vi.fn(async () => 'price_changed' as const)
  const bot = clientHarness({ getRenewal: async () => off, switchRenewalOn })
  await bot.forge('auto-on:purse:100')
  expect(switchRenewalOn).not.toHaveBeenCalled()
  await bot.forge('auto-on:balance:-1e9')
  expect(switchRenewalOn).toHaveBeenLastCalledWith(anna.id, { source: 'balance', minor: 0n })
})

test('the screen stands where a button of last month is pressed twice at once', async () => {
  const switchRenewalOff = vi.fn(async () => {})
  const bot = clientHarness({ getRenewal: async () => off, switchRenewalOff })
  await Promise.all([bot.forge('auto-off'), bot.forge('auto-off')])
  expect(bot.lastScreen().text).toContain('Auto-renewal is off')
})

const inStars: RenewalState = {
  ...on,
  source: 'stars',
  // Sold no more: what was agreed goes on all the same.
  plan: null,
  stars: { amount: money(150, 'XTR'), everyDays: 30, paidUntil: new Date('2026-12-20T22:00:00Z'), isCanceled: false },
}

test('stars that Telegram charges: how many, how often, where to cancel, and one tap that does', async () => {
  let state = inStars
  const switchRenewalOff = vi.fn(async () => {
    state = { ...off, source: 'stars', offReason: 'customer', stars: { ...inStars.stars!, isCanceled: true } }
  })
  const switchRenewalOn = vi.fn(async () => {
    state = { ...state, stars: { ...inStars.stars!, isCanceled: false } }
    return 'in_telegram' as const
  })
  const bot = clientHarness({ getRenewal: async () => state, switchRenewalOff, switchRenewalOn })
  await bot.forge('auto')
  expect(bot.lastScreen().text).toMatch(
    /Telegram charges 150\s⭐ every 30 days\. Cancel here or in Telegram settings\./,
  )
  expect(bot.lastScreen().text).toContain('Next charge: 21 December at 01:00 MSK')
  await bot.tap('Turn off')
  expect(switchRenewalOff).toHaveBeenCalledExactlyOnceWith(anna.id)
  expect(bot.lastScreen().text).toContain('Telegram charges no more stars')
  await bot.tap('Bring 150')
  expect(switchRenewalOn).toHaveBeenCalledExactlyOnceWith(anna.id, { source: 'stars', minor: 150n })
  expect(bot.lastScreen().text).toContain('open Telegram: Settings')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContainEqual(expect.stringContaining('Bring'))
})

const card = { id: 'crd_0123456789abcdefghjk' as const, title: 'Visa •• 4242', isChargeable: true }

test('a saved card: chosen, changed for the balance, and removed, a tap each', async () => {
  let state: RenewalState = { ...off, card }
  const switchRenewalOn: Shop['switchRenewalOn'] = vi.fn(async (_, { source }) => {
    state = { ...on, card, source }
    return 'on' as const
  })
  const removeCard = vi.fn(async () => {
    state = { ...off, offReason: 'customer', maySaveCard: true }
    return 'removed' as const
  })
  const bot = clientHarness({ getRenewal: async () => state, switchRenewalOn, removeCard })
  await bot.forge('auto')
  expect(bot.lastScreen().text).toContain('from your card or your balance, as you choose,')
  await bot.tap('Turn on: ₽299 from Visa •• 4242')
  expect(bot.lastScreen().text).toContain('Next charge: 21 December at 01:00 MSK, Visa •• 4242')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContainEqual(expect.stringContaining('Top up'))
  await bot.tap('Charge the balance instead')
  expect(switchRenewalOn).toHaveBeenLastCalledWith(anna.id, { source: 'balance', minor: 29_900n })
  await bot.tap('Charge Visa •• 4242 instead')
  expect(switchRenewalOn).toHaveBeenLastCalledWith(anna.id, { source: 'card', minor: 29_900n })
  await bot.tap('Remove Visa •• 4242')
  expect(removeCard).toHaveBeenCalledExactlyOnceWith(anna.id, card.id)
  expect(bot.lastScreen().text).toContain("can't charge it any more")
  expect(bot.lastScreen().text).toContain('press “Save the card” under the invoice')
  await bot.forge('card-off:0123456789abcdefghjk')
  expect(bot.lastScreen().text).toContain('Auto-renewal is off')
})

test.each([
  { ...inStars, card },
  { ...off, plan: null, card },
])('a card is removed from wherever auto-renewal stands', async (state) => {
  const bot = clientHarness({ getRenewal: async () => state })
  await bot.forge('auto')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toContain('🗑 Remove Visa •• 4242')
})
