import { money } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna, monthPlan, offering } from '../../testing/fake-shop.ts'

const at = new Date('2026-11-21T09:00:00Z')
const rub = (minor: bigint) => money(minor, 'RUB')
const holding = (minor: bigint): Pick<Shop, 'getBalance'> => ({
  getBalance: async () => ({
    amounts: minor > 0n ? [rub(minor)] : [],
    lines: [{ cause: 'top_up', amount: rub(minor), at }],
  }),
})
const invoice = vi.fn<Shop['startTopUp']>(async () => ({
  kind: 'invoice',
  paymentId: 'pay_topup000000000000000',
  url: 'https://pay.test/1',
  expiresAt: new Date('2026-11-21T10:00:00Z'),
}))
const plain = (text: string) => text.replace(/\s/g, ' ')
const labels = (bot: ReturnType<typeof clientHarness>) => bot.lastScreen().buttons.map(({ text }) => plain(text))

test('the balance says what is there, how it came and how to add to it', async () => {
  const bot = clientHarness(holding(10_000n))
  await bot.command('balance')
  expect(plain(bot.lastScreen().text)).toContain('Your balance: ₽100')
  expect(plain(bot.lastScreen().text)).toMatch(/\+₽100 · 21 November 2026 · topped up.*Choose how much to add:$/)
  expect(labels(bot)).toEqual(expect.arrayContaining(['➕ ₽100', '➕ ₽1,000', '🛒 Choose a subscription']))
})

test('a top-up asks how to pay and shows the invoice', async () => {
  const rememberInvoiceMessage = vi.fn(async () => {})
  const bot = clientHarness({ ...holding(0n), startTopUp: invoice, rememberInvoiceMessage })
  await bot.command('balance')
  expect(bot.lastScreen().text).toContain('Your balance is empty')
  await bot.tap('➕ ₽300')
  expect(plain(bot.lastScreen().text)).toContain('Add ₽300 to your balance')
  await bot.tap('Bank card')
  expect(invoice).toHaveBeenLastCalledWith(
    expect.objectContaining({ customerId: anna.id, providerId: 'yookassa', amount: rub(30_000n), planId: null }),
  )
  expect(bot.lastScreen().buttons[0]).toMatchObject({ url: 'https://pay.test/1' })
  expect(bot.lastScreen().text).toContain('the money is on your balance')
  expect(rememberInvoiceMessage).toHaveBeenCalledOnce()
})

test('one way to pay is no choice, and a provider that is away is said', async () => {
  const startTopUp = vi.fn<Shop['startTopUp']>(async () => ({ kind: 'provider_unavailable' }))
  const bot = clientHarness({ ...holding(0n), startTopUp, listPaymentMethods: offering('yookassa') })
  await bot.command('balance')
  await bot.tap('➕ ₽100')
  expect(bot.lastScreen().text).toContain("isn't responding")
  expect(labels(bot)[0]).toContain('Bank card')
})

test('a balance that covers the price buys at one tap', async () => {
  const buyFromBalance = vi.fn<Shop['buyFromBalance']>(async () => ({ kind: 'bought' }))
  const bot = clientHarness({ ...holding(50_000n), buyFromBalance, listPaymentMethods: offering('yookassa') })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('From the balance')
  expect(buyFromBalance).toHaveBeenCalledWith({
    customerId: anna.id,
    planId: monthPlan.id,
    requestId: expect.stringMatching(/^\w{8}$/),
    shownMinor: monthPlan.price.minor,
  })
  expect(bot.lastScreen().text).toContain('Paid from your balance')
})

test('a price that has changed takes nothing, and is shown again', async () => {
  const bot = clientHarness({ ...holding(50_000n), buyFromBalance: async () => ({ kind: 'price_changed' }) })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('From the balance')
  expect(bot.lastScreen().text).toContain('Nothing has been charged')
  await bot.tap('Show the price')
  expect(plain(bot.lastScreen().text)).toContain('1 month — ₽299')
})

test('a balance that does not cover the price is topped up by the rest, and the plan follows', async () => {
  const bot = clientHarness({ ...holding(10_000n), startTopUp: invoice })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Balance ₽100 + pay ₽199')
  expect(plain(bot.lastScreen().text)).toMatch(
    /^🛒 <b>1 month — ₽299<.b> +You pay ₽199, the rest comes from your balance/,
  )
  await bot.tap('Bank card')
  expect(plain(bot.lastScreen().text)).toContain('1 month — ₽199 to pay')
  expect(invoice).toHaveBeenLastCalledWith(expect.objectContaining({ amount: rub(19_900n), planId: monthPlan.id }))
  expect(bot.lastScreen().text).toContain('switched on by itself')
})

test('who spent the balance meanwhile is offered to add what is missing', async () => {
  const bot = clientHarness({
    ...holding(50_000n),
    buyFromBalance: async () => ({ kind: 'short', missing: rub(9_900n) }),
  })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('From the balance')
  expect(plain(bot.lastScreen().text)).toContain('₽99 is missing')
  expect(labels(bot)).toContain('➕ Add ₽99 and buy')
})

test.each(['already_paid', 'banned', 'plan_gone', 'no_room'] as const)('%s is said in words', async (kind) => {
  const bot = clientHarness({ ...holding(50_000n), buyFromBalance: async () => ({ kind }) })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('From the balance')
  expect(bot.lastScreen().text.length).toBeGreaterThan(20)
  expect(bot.lastScreen().buttons.length).toBeGreaterThan(1)
})

test('without a balance the purchase looks as before', async () => {
  const bot = clientHarness()
  await bot.command('buy')
  await bot.tap('1 month')
  expect(labels(bot).join()).not.toContain('alance')
})

test.each(['💰 Balance', '🏠 Main menu'])('an invoice that is left by %s is not edited any more', async (label) => {
  const forgetInvoiceMessage = vi.fn(async () => {})
  const bot = clientHarness({ ...holding(0n), startTopUp: invoice, forgetInvoiceMessage })
  await bot.command('balance')
  await bot.tap('➕ ₽300')
  await bot.tap('Bank card')
  expect(forgetInvoiceMessage).not.toHaveBeenCalled()
  await bot.tap(label)
  expect(forgetInvoiceMessage).toHaveBeenCalledOnce()
  expect(bot.lastScreen().text).toMatch(/balance is empty|Main menu/)
})

test('a top-up asks for the amount itself, and says so where buying by a way to pay has a percentage', async () => {
  const amount = money(31_395n, 'RUB')
  const listPaymentMethods = async () => [
    { provider: 'yookassa', amount, percent: 5, title: {} },
    { provider: 'cryptobot', amount, percent: 0, title: {} },
  ]
  const bot = clientHarness({ ...holding(0n), listPaymentMethods })
  await bot.command('balance')
  await bot.tap('₽300')
  expect(bot.lastScreen().text).toContain('no fee and no discount here')
  expect(bot.lastScreen().buttons[0]?.text).not.toContain('5%')
})
