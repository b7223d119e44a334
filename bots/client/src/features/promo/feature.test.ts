import { money } from '@vpn-kiosk/domain'
import type { HeldPromo, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna, monthPlan, offering, springPlan } from '../../testing/fake-shop.ts'

const redeeming = (result: Awaited<ReturnType<Shop['redeemPromo']>>) => vi.fn<Shop['redeemPromo']>(async () => result)
const week = { kind: 'days', days: 7, endsAt: new Date('2026-12-01T09:00:00Z') } as const
const size = { kind: 'percent', percent: 20 } as const
const endsAt = new Date('2026-12-31T21:00:00Z')
const spring = { kind: 'discount', code: 'SPRING', size, plans: null, endsAt } as const
const held: HeldPromo = { code: 'SPRING', size, standing: 'valid', plans: null, endsAt }
const plain = (text: string) => text.replace(/[^\S\n]/g, ' ')
const labels = (bot: ReturnType<typeof clientHarness>) => bot.lastScreen().buttons.map(({ text }) => plain(text))

/** A shop in which the code makes the month cheaper as soon as it is entered. */
function discounting(verbs: Partial<Shop> = {}) {
  let isHeld = false
  const redeemPromo = vi.fn<Shop['redeemPromo']>(async () => {
    isHeld = true
    return spring
  })
  const dropPromo = vi.fn<Shop['dropPromo']>(async () => {
    isHeld = false
  })
  const bot = clientHarness({
    redeemPromo,
    dropPromo,
    listPlans: async () => [isHeld ? springPlan : monthPlan],
    findHeldPromo: async () => (isHeld ? held : null),
    ...verbs,
  })
  return { bot, redeemPromo, dropPromo }
}

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

test('a link with a discount shows what each plan costs now, and until when', async () => {
  const { bot } = discounting()
  await bot.command('start', 'promo_SPRING')
  const text = plain(bot.lastScreen().text)
  expect(text).toContain('Code SPRING: 20% off your next purchase')
  expect(text).toContain('<b>1 month</b> — <s>₽299</s> <b>₽239.20</b>')
  expect(text).toContain('until 31 December 2026')
  await bot.tap('Buy')
  expect(plain(bot.lastScreen().text)).toContain('<s>₽299</s> <b>₽239.20</b>')
  expect(plain(bot.lastScreen().text)).toContain('🎟 Code SPRING · until 31 December 2026')
  expect(labels(bot)).toContain('1 month — ₽239.20')
})

test('a code is entered from the summary, shown there with the old and the new price, and given up there', async () => {
  const { bot, redeemPromo, dropPromo } = discounting()
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('I have a code')
  await bot.text('spring')
  expect(redeemPromo).toHaveBeenCalledWith(anna.id, 'spring')
  expect(plain(bot.lastScreen().text)).toContain('1 month — <s>₽299</s> ₽239.20')
  expect(plain(bot.lastScreen().text)).toContain('🎟 Code SPRING · until 31 December 2026')
  await bot.tap('Without code SPRING')
  expect(dropPromo).toHaveBeenCalledWith(anna.id)
  expect(plain(bot.lastScreen().text)).toContain('1 month — ₽299')
  expect(labels(bot)).toContain('🎟 I have a code')
})

test('with a single way to pay a code is entered from the invoice, and the new price is shown first', async () => {
  const startPurchase = vi.fn<Shop['startPurchase']>(async () => ({
    kind: 'invoice',
    paymentId: 'pay_0123456789abcdefghjk',
    orderId: 'ord_0123456789abcdefghjk',
    url: 'https://pay.example/1',
    plan: monthPlan,
    amount: monthPlan.price,
    providerId: 'yookassa',
    expiresAt: endsAt,
  }))
  const forgetInvoiceMessage = vi.fn(async () => {})
  const { bot } = discounting({ startPurchase, forgetInvoiceMessage, listPaymentMethods: offering('yookassa') })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('I have a code')
  expect(forgetInvoiceMessage).toHaveBeenCalledOnce()
  await bot.text('spring')
  expect(plain(bot.lastScreen().text)).toContain('<s>₽299</s> ₽239.20')
  expect(startPurchase).toHaveBeenCalledOnce()
  expect(labels(bot)[0]).toContain('Bank card')
})

test.each([
  [{ standing: 'used_up' }, 'has been used up'],
  [{ standing: 'over' }, 'has expired'],
  [{ plans: ['pln_other0000000000000000'] }, 'is for other subscriptions'],
  [{}, 'this price is better'],
] as const)('a code that makes no price says why: %j', async (why, words) => {
  const bot = clientHarness({ findHeldPromo: async () => ({ ...held, ...why }) })
  await bot.command('buy')
  await bot.tap('1 month')
  expect(bot.lastScreen().text).toContain(words)
  expect(labels(bot)).toContain('✖️ Without code SPRING')
})

test.each([
  [{ kind: 'price_changed' }, 'The price has changed', 'Show the price'],
  [{ kind: 'code_in_invoice', promoId: 'prm_spring', until: endsAt }, 'in another invoice', 'Without the code'],
  [{ kind: 'code_in_invoice', promoId: 'prm_spring', until: null }, 'time is over', 'Without the code'],
] as const)('a code that is gone when the button is pressed makes no invoice: %j', async (result, words, way) => {
  const { bot } = discounting({ startPurchase: async () => result })
  await bot.command('promo', 'SPRING')
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Bank card')
  expect(bot.lastScreen().text).toContain(words)
  await bot.tap(way)
  expect(plain(bot.lastScreen().text)).toContain('1 month —')
})

test.each(['unknown', 'not_yet', 'over', 'used_up', 'already_used', 'newcomers_only', 'banned'] as const)(
  '%s is said in words, with a way on, also from a summary',
  async (kind) => {
    const bot = clientHarness({ redeemPromo: redeeming({ kind }) })
    await bot.command('promo', 'X'.repeat(4000))
    expect(bot.lastScreen().text.length).toBeGreaterThan(15)
    expect(bot.lastScreen().text.length).toBeLessThan(200)
    expect(bot.lastScreen().buttons.length).toBeGreaterThan(1)
    await bot.command('buy')
    await bot.tap('1 month')
    await bot.tap('I have a code')
    await bot.text('\u0416'.repeat(4000))
    await bot.tap('Back')
    expect(plain(bot.lastScreen().text)).toContain('1 month — ₽299')
  },
)
