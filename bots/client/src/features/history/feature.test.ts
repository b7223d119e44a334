import { money, type PaymentId } from '@vpn-kiosk/domain'
import type { PaymentLine, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna, monthPlan, offering } from '../../testing/fake-shop.ts'

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
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual([
    '🧾 21 November 2026 · ₽299 · 1 month',
    '‹ Newest',
    'Older ›',
    '‹ Back',
  ])
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
    expect(bot.lastScreen().text.includes('Refunded: ₽100')).toBe(isSaid)
    expect(bot.lastScreen().text.includes('Refunded')).toBe(isSaid)
  }
})

test('an empty history says so, also to the command', async () => {
  const bot = clientHarness({ listPayments: async () => ({ lines: [], olderThan: null }) })
  await bot.command('history')
  expect(bot.lastScreen().text).toContain('No payments yet')
})

test('a payment says what, how much, how and when, with its number; the same is bought again in one tap', async () => {
  const discount = { cause: 'promo' as const, code: 'SPRING', off: money(3_000n, 'RUB') }
  const payment = { ...line, method: 'sbp', discount }
  const findOwnPayment = vi.fn(async () => ({ payment, again: monthPlan.id }))
  const bot = clientHarness({ listPayments: async () => ({ lines: [line], olderThan: null }), findOwnPayment })
  await bot.forge('history2:-')
  await bot.tap('₽299')
  expect(findOwnPayment).toHaveBeenCalledExactlyOnceWith(anna.id, line.id)
  const { text } = bot.lastScreen()
  for (const part of ['1 month', '✅ paid', '₽299', 'Discount: ₽30 · 🎟 Code SPRING', '🏦', line.id])
    expect(text).toContain(part)
  await bot.tap('The same again')
  expect(bot.lastScreen().text).toContain('1 month — ₽299')
})

test('the same way to pay is used again where it is offered, or else one is chosen', async () => {
  const startPurchase = vi.fn<Shop['startPurchase']>(async () => ({ kind: 'provider_gone' }))
  const findOwnPayment = async () => ({ payment: { ...line, provider: 'yookassa' }, again: monthPlan.id })
  const offers = [offering('yookassa', 'cryptobot'), offering('cryptobot', 'wata')]
  for (const listPaymentMethods of offers) {
    const bot = clientHarness({ findOwnPayment, startPurchase, listPaymentMethods })
    await bot.forge(`again:${line.id.slice(4)}`)
  }
  expect(startPurchase).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ planId: monthPlan.id, providerId: 'yookassa' }),
  )
  const bot = clientHarness({ findOwnPayment: async () => null, startPurchase })
  await bot.forge(`again:${line.id.slice(4)}`)
  expect(startPurchase).toHaveBeenCalledTimes(1)
})

test('what is not sold any more, and what is another’s, has no such button', async () => {
  for (const found of [{ payment: line, again: null }, null]) {
    const bot = clientHarness({ findOwnPayment: async () => found })
    await bot.forge(`payment:${line.id.slice(4)}`)
    expect(JSON.stringify(bot.lastScreen().buttons)).not.toContain('same again')
  }
})
