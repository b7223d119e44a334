import type { Terms } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna, monthPlan, offering } from '../../testing/fake-shop.ts'

const terms: Terms = {
  documents: { offer: { en: '1. We sell VPN <b>' }, privacy: { en: 'https://shop.example/privacy' } },
  isRequired: true,
  version: 3,
}
const invoice = {
  kind: 'invoice' as const,
  paymentId: 'pay_0123456789abcdefghjk' as const,
  orderId: 'ord_0123456789abcdefghjk' as const,
  url: 'https://pay.example/1',
  plan: monthPlan,
  amount: monthPlan.price,
  providerId: 'yookassa',
  expiresAt: new Date('2026-11-21T11:05:00Z'),
}

test('consent before the first payment goes on with the same press, in one tap', async () => {
  const startPurchase = vi.fn<Shop['startPurchase']>(async () => invoice)
  startPurchase.mockResolvedValueOnce({ kind: 'needs_terms' })
  const acceptTerms = vi.fn<Shop['acceptTerms']>(async () => 'accepted')
  const bot = clientHarness({
    startPurchase,
    acceptTerms,
    getTerms: async () => terms,
    listPaymentMethods: offering('yookassa', 'cryptobot'),
  })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Bank card')
  expect(bot.lastScreen().text).toContain('Before you pay')
  expect(bot.lastScreen().buttons[1]).toMatchObject({ url: 'https://shop.example/privacy' })
  await bot.tap('I agree')
  expect(acceptTerms).toHaveBeenCalledExactlyOnceWith(anna.id, 3)
  expect(bot.lastScreen().buttons[0]).toMatchObject({ url: 'https://pay.example/1' })
  const [first, second] = startPurchase.mock.calls
  expect(second).toEqual(first)
})

test('terms that changed meanwhile are shown again; a question that was lost leads to the price list', async () => {
  const acceptTerms = vi.fn<Shop['acceptTerms']>(async () => 'accepted')
  acceptTerms.mockResolvedValueOnce('changed')
  const bot = clientHarness({ acceptTerms, getTerms: async () => terms })
  await bot.forge('terms-yes:1')
  expect(bot.lastScreen().text).toContain('Before you pay')
  await bot.command('menu')
  await bot.forge('terms-yes:3')
  expect(bot.lastScreen().text).toContain('1 month')
})

test('the texts are read at any time, as they were written', async () => {
  const bot = clientHarness({ getTerms: async () => terms })
  await bot.command('terms')
  await bot.tap('Terms (offer)')
  expect(bot.lastScreen().text).toContain('1. We sell VPN &lt;b&gt;')
})

test('a shop without texts says so', async () => {
  const bot = clientHarness({})
  await bot.command('help')
  await bot.tap('Terms and privacy')
  expect(bot.lastScreen().text).toContain('no terms of its own')
})
