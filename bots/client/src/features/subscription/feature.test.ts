import { money, type PaymentId } from '@vpn-kiosk/domain'
import type { PaymentLine } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { activeSubscription, anna, has, monthPlan } from '../../testing/fake-shop.ts'
import { trafficBar } from './views.ts'

test('the subscription shows its end, plan, traffic and devices', async () => {
  const limited = { ...activeSubscription, trafficLimitBytes: 10n * 1024n ** 3n, devices: 1 }
  const bot = clientHarness(has(limited))
  await bot.command('menu')
  await bot.tap('Subscription')
  const { text } = bot.lastScreen()
  expect(text).toContain('🟢 Until 21 December 2026 (30 days)')
  expect(text).toContain('Plan: 1 month')
  expect(text).toContain('3 GB of 10 GB')
  expect(text).toContain('▰▰▰▱▱▱▱▱▱▱')
  expect(text).toContain('Devices: up to 3 at the same time')
  expect(text).not.toContain('Separate keys')
})

test('what is paid and not yet ready says so', async () => {
  const bot = clientHarness(has({ ...activeSubscription, isPreparing: true }))
  await bot.command('menu')
  await bot.tap('Subscription')
  expect(bot.lastScreen().text).toContain('access is being set up')
})

test('who has nothing is offered to buy', async () => {
  const bot = clientHarness()
  await bot.forge('sub')
  expect(bot.lastScreen().text).toContain('There is none yet')
  expect(bot.lastScreen().buttons[0]?.text).toBe('🛒 Buy a subscription')
})

test('the traffic bar is never empty with something used nor full with something left', () => {
  expect(trafficBar(0n, 100n)).toBe('▱▱▱▱▱▱▱▱▱▱')
  expect(trafficBar(1n, 1000n)).toBe('▰▱▱▱▱▱▱▱▱▱')
  expect(trafficBar(999n, 1000n)).toBe('▰▰▰▰▰▰▰▰▰▱')
  expect(trafficBar(1000n, 1000n)).toBe('▰▰▰▰▰▰▰▰▰▰')
  expect(trafficBar(2000n, 1000n)).toBe('▰▰▰▰▰▰▰▰▰▰')
})

const line: PaymentLine = {
  id: 'pay_0123456789abcdefghjk',
  state: 'paid',
  amount: money(29_900n, 'RUB'),
  received: money(29_900n, 'RUB'),
  surplus: null,
  refunded: null,
  trouble: null,
  provider: 'yookassa',
  planTitle: monthPlan.title,
  customerName: 'Anna',
  customerId: anna.id,
  createdAt: new Date('2026-11-21T10:00:00Z'),
  paidAt: new Date('2026-11-21T10:01:00Z'),
  decidedAt: null,
}

test("the payment history is the customer's own and turns its pages", async () => {
  const listPayments = vi.fn(async (_of: { olderThan?: PaymentId }) => ({ lines: [line], olderThan: line.id }))
  const bot = clientHarness({ listPayments })
  await bot.forge('history2:-')
  await bot.tap('Older')
  expect(listPayments).toHaveBeenLastCalledWith({ customerId: anna.id, olderThan: line.id })
  expect(bot.lastScreen().text).toContain('✅ paid · 1 month')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual(['‹ Newest', 'Older ›', '‹ Back'])
})

test('a wrong amount is being checked until it is decided', async () => {
  for (const [decidedAt, state] of [
    [null, 'being checked'],
    [new Date('2026-11-22T10:00:00Z'), 'amount differed, checked'],
  ] as const) {
    const lines = [{ ...line, state: 'mismatch' as const, decidedAt }]
    const bot = clientHarness({ listPayments: async () => ({ lines, olderThan: null }) })
    await bot.forge('history2:-')
    expect(bot.lastScreen().text).toContain(`⚠️ ${state}`)
  }
})

test('the history says how much of a payment was given back', async () => {
  const part = { ...line, refunded: money(10_000n, 'RUB') }
  const whole = { ...line, state: 'refunded' as const, refunded: line.amount }
  for (const [shown, isSaid] of [
    [part, true],
    [whole, false],
    [line, false],
  ] as const) {
    const bot = clientHarness({ listPayments: async () => ({ lines: [shown], olderThan: null }) })
    await bot.forge('history2:-')
    expect(bot.lastScreen().text.includes('Given back: ₽100')).toBe(isSaid)
    expect(bot.lastScreen().text.includes('Given back')).toBe(isSaid)
  }
})

test('an empty history says so', async () => {
  const bot = clientHarness({ listPayments: async () => ({ lines: [], olderThan: null }) })
  await bot.forge('history2:-')
  expect(bot.lastScreen().text).toContain('No payments yet')
})

test.each([
  [
    'expired',
    false,
    ['🔄 Renew: 1 month — ₽299', '🛒 All subscriptions', '🧾 Payment history', '💰 Balance', '🏠 Main menu'],
  ],
  ['expired', true, ['🛒 1 month — ₽299', '🛒 All subscriptions', '🧾 Payment history', '💰 Balance', '🏠 Main menu']],
  ['suspended', false, ['💬 Support', '🧾 Payment history', '💰 Balance', '🏠 Main menu']],
] as const)('what has ended (%s, trial: %s) leads to one next step', async (standing, isTrial, expected) => {
  const bot = clientHarness(has({ ...activeSubscription, standing, isTrial }))
  await bot.forge('sub')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual(expected)
})
