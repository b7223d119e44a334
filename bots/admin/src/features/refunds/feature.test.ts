import { type Money, money } from '@vpn-kiosk/domain'
import type { RefundPreview, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { payment } from '../../testing/fake-shop.ts'

const found: RefundPreview = {
  most: money(29_900n, 'RUB'),
  means: 'part',
  daysLeft: 20,
  addonsEnding: 0,
  takesBonus: true,
  refunds: [],
}
const paid = { ...payment, state: 'paid' as const, paidAt: payment.createdAt }

function harness(
  change: Partial<RefundPreview> = {},
  result: Awaited<ReturnType<Shop['requestRefund']>>['kind'] = 'requested',
) {
  const requestRefund = vi.fn(async () => ({ kind: result, refundId: 'rfd_x', amount: found.most }) as never)
  const bot = adminHarness({
    inspectPayment: async () => ({ kind: 'seen', value: paid }),
    previewRefund: async () => ({ kind: 'preview', preview: { ...found, ...change } }),
    requestRefund,
  })
  return { bot, requestRefund }
}
const labels = (bot: ReturnType<typeof adminHarness>) =>
  bot.lastScreen().buttons.map(({ text }) => text.replace(/\s/g, ' '))

test('a refund says what it gives and takes, and is asked for once by its button', async () => {
  const { bot, requestRefund } = harness()
  await bot.forge('pay:annas')
  await bot.tap('Refund…')
  expect(bot.lastScreen().text).toContain('takes the 20 paid days that are left')
  expect(bot.lastScreen().text).toContain('loses the bonus days')
  expect(requestRefund).not.toHaveBeenCalled()
  await bot.tap('Refund ₽299')
  expect(requestRefund).toHaveBeenCalledWith(1n, {
    paymentId: payment.id,
    minor: 29_900n,
    requestId: expect.stringMatching(/^\w{8}$/),
    byHand: false,
  })
  expect(bot.lastScreen().text).toContain('The provider is asked')
  expect(labels(bot).join()).not.toContain('₽')
})

test.each([
  ['150', 15_000n],
  ['150,50', 15_050n],
  [' 299.00 ', 29_900n],
])('another amount is typed, shown and confirmed: %j', async (typed, minor) => {
  const { bot, requestRefund } = harness()
  await bot.forge('rfd-open:annas')
  await bot.tap('Another amount')
  await bot.text(typed)
  expect(bot.lastScreen().text).toContain('Refund ₽')
  expect(requestRefund).not.toHaveBeenCalled()
  await bot.tap('↩️ Refund')
  expect(requestRefund).toHaveBeenCalledWith(1n, expect.objectContaining({ minor, byHand: false }))
})

test.each(['0', '-5', '299.01', '1.005', 'all', '9'.repeat(40)])('%j is no amount', async (typed) => {
  const { bot, requestRefund } = harness()
  await bot.forge('rfd-open:annas')
  await bot.tap('Another amount')
  await bot.text(typed)
  expect(bot.lastScreen().text).toContain('up to ₽299')
  expect(requestRefund).not.toHaveBeenCalled()
})

test('where the provider gives nothing back by itself, staff say that they did', async () => {
  const { bot, requestRefund } = harness({ means: 'by_hand' }, 'booked')
  await bot.forge('rfd-open:annas')
  expect(bot.lastScreen().text).toContain('Refund it yourself')
  expect(labels(bot)).not.toContain('↩️ Refund ₽299')
  await bot.tap('I refunded ₽299 myself')
  expect(requestRefund).toHaveBeenCalledWith(1n, expect.objectContaining({ byHand: true }))
  expect(bot.lastScreen().text).toContain('Booked')
  expect(labels(bot)).toEqual(['🔄 Refresh', '‹ Back', '🏠 Menu'])
  await bot.tap('Refresh')
  expect(labels(bot)).toContain('✍️ I refunded ₽299 myself')
})

test('while a refund is on its way, none other is offered; of nothing left, none at all', async () => {
  const line = { state: 'pending' as const, amount: found.most, createdAt: payment.createdAt, reason: null }
  const { bot } = harness({ refunds: [line] })
  await bot.forge('rfd-open:annas')
  expect(bot.lastScreen().text).toContain('the provider is refunding')
  expect(labels(bot).join()).not.toContain('₽')
  const none: Money = money(0n, 'RUB')
  const { bot: other } = harness({ most: none })
  await other.forge('rfd-open:annas')
  expect(other.lastScreen().text).toContain('nothing to refund')
})

test('whoever may not see it is told nothing', async () => {
  const bot = adminHarness({ previewRefund: async () => ({ kind: 'forbidden' }) })
  await bot.forge('rfd-open:annas')
  expect(bot.lastScreen().text).not.toContain('₽')
})

test.each([
  ['waiting', 'the link stops working'],
  ['activated', 'takes the 20 days that the recipient has left'],
  ['returned', 'no more than is left there'],
] as const)('of a gift that is %s it says what the refund does to it', async (gift, words) => {
  const { bot } = harness({ gift })
  await bot.forge('pay:annas')
  await bot.tap('Refund…')
  expect(bot.lastScreen().text).toContain(words)
})

test.each([
  [{ addonsEnding: 1 }, '1 add-on ends with this time'],
  [{ addon: { kind: 'devices', amount: 2, isOver: false } }, 'takes +2 devices away'],
  [{ addon: { kind: 'traffic', amount: 50, isOver: true } }, 'The period that +50 GB was for is over'],
] as const)('what a refund means for add-ons is said before (%o)', async (about, words) => {
  const { bot } = harness(about)
  await bot.forge('rfd-open:annas')
  expect(bot.lastScreen().text).toContain(words)
})
