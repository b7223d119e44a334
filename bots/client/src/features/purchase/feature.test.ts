import { textIn } from '@vpn-kiosk/domain'
import type { CheckPaymentResult, Shop, StartPurchaseResult } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness, translations } from '../../testing/client-harness.ts'
import { activeSubscription, anna, has, monthPlan, offering } from '../../testing/fake-shop.ts'
import { checkOutcome } from './check-views.ts'

const alerting: CheckPaymentResult[] = [
  { kind: 'pending' },
  { kind: 'provider_unavailable' },
  ...(
    [
      'insufficient_funds',
      'declined',
      'card_problem',
      'limit_exceeded',
      'authentication_failed',
      'country_forbidden',
      'suspected_fraud',
      'canceled_by_shop',
      'unknown',
    ] as const
  ).map((reason) => ({ kind: 'canceled' as const, reason })),
]

const monthTitle = textIn(monthPlan.title, 'en')
const paymentId = 'pay_0123456789abcdefghjk'
const invoice: StartPurchaseResult = {
  kind: 'invoice',
  paymentId,
  orderId: 'ord_0123456789abcdefghjk',
  url: 'https://pay.example/1',
  plan: monthPlan,
  amount: monthPlan.price,
  providerId: 'yookassa',
  expiresAt: new Date('2026-11-21T11:05:00Z'),
}

const buying = (verbs: Partial<Shop> = {}) => clientHarness({ startPurchase: async () => invoice, ...verbs })

test('the price list marks the popular plan and what a longer one saves', async () => {
  const bot = buying()
  await bot.command('buy')
  expect(bot.lastScreen().text).toContain('most popular · save 10%')
  expect(bot.lastScreen().text).toContain('up to 5 devices')
  expect(bot.lastScreen().buttons.map((button) => button.text.replace(/\s/g, ' '))).toEqual([
    '1 month — ₽299',
    '🔥 3 months — ₽799 · −10%',
    '🎁 Give as a gift',
    '🏠 Main menu',
  ])
})

test('who renews reads that no day is lost', async () => {
  const bot = buying(has(activeSubscription))
  await bot.command('buy')
  expect(bot.lastScreen().text).toContain('You keep the days that are left')
})

test('who tries buys, and keeps the days of the trial', async () => {
  const bot = buying(has({ ...activeSubscription, isTrial: true }))
  await bot.command('buy')
  expect(bot.lastScreen().text).toMatch(/For how long\?[\s\S]*days left of your trial/)
})

test('an invoice promises a key to whoever has none, and to whoever has one that it stays', async () => {
  for (const [verbs, promise] of [
    [{}, 'your key arrives by itself'],
    [has(activeSubscription), 'Your key stays the same'],
  ] as const) {
    const bot = buying(verbs)
    await bot.command('buy')
    await bot.tap('1 month')
    await bot.tap('Bank card')
    expect(bot.lastScreen().text).toContain(promise)
    expect(bot.lastScreen().text.match(/[Yy]our key/g)).toHaveLength(1)
  }
})

test('plan, method, invoice: three taps in one message', async () => {
  const startPurchase = vi.fn(async () => invoice)
  const bot = buying({ startPurchase })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Bank card')
  expect(startPurchase).toHaveBeenCalledWith({
    customerId: anna.id,
    planId: monthPlan.id,
    providerId: 'yookassa',
    requestId: expect.stringMatching(/^[0-9a-z]{8}$/),
    shownMinor: monthPlan.price.minor,
    returnUrl: 'https://t.me/kiosk_bot',
    description: 'VPN, subscription: 1 month',
  })
  expect(bot.screens).toHaveLength(1)
  expect(bot.lastScreen().buttons[0]).toMatchObject({ url: 'https://pay.example/1' })
  expect(bot.lastScreen().text).toContain('21 November at 14:05 MSK')
})

test('under an invoice a card is kept on wish, not otherwise: what that means is said, with the price of a renewal', async () => {
  const startPurchase: Shop['startPurchase'] = vi.fn(async ({ savesCard }) => ({
    ...invoice,
    card: savesCard ? ('saves' as const) : ('offered' as const),
  }))
  const bot = buying({ startPurchase })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Bank card')
  expect(bot.lastScreen().text).not.toContain('YooKassa keeps')
  await bot.tap('Save the card for auto-renewal')
  expect(startPurchase).toHaveBeenLastCalledWith(expect.objectContaining({ savesCard: true }))
  expect(bot.lastScreen().text).toContain('12 hours before the end we charge ₽299')
  await bot.tap('undo')
  expect(startPurchase).toHaveBeenLastCalledWith(expect.not.objectContaining({ savesCard: true }))
  expect(bot.lastScreen().text).not.toContain('YooKassa keeps')
  const requests = vi.mocked(startPurchase).mock.calls.map(([{ requestId }]) => requestId)
  expect(new Set(requests).size).toBe(1)
})

test('with a single provider the invoice comes without a choice', async () => {
  const bot = buying({ listPaymentMethods: offering('yookassa') })
  await bot.command('buy')
  await bot.tap('1 month')
  expect(bot.lastScreen().text).toContain('The invoice is open until')
})

test('from the invoice of a single provider the way back leads to the plans, and opens no second invoice', async () => {
  const startPurchase = vi.fn(async () => invoice)
  const forgetInvoiceMessage = vi.fn(async () => {})
  const bot = buying({ startPurchase, forgetInvoiceMessage, listPaymentMethods: offering('yookassa') })
  await bot.command('buy')
  await bot.tap('1 month')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContain('💱 Another way to pay')
  await bot.tap('‹ Back')
  expect(bot.lastScreen().text).toContain('For how long?')
  expect(startPurchase).toHaveBeenCalledOnce()
  expect(forgetInvoiceMessage).toHaveBeenCalledOnce()
})

test('who would get no key now is told so before each step', async () => {
  const bot = buying({ checkRoom: async () => 'waits' })
  await bot.command('buy')
  expect(bot.lastScreen().text).toContain('no free place')
  await bot.tap('1 month')
  expect(bot.lastScreen().text).toContain('no free place')
  await bot.tap('Bank card')
  expect(bot.lastScreen().text).toContain('no free place')
  expect(bot.lastScreen().text).not.toContain('within a minute')
})

test('what a plan gives is said where it is paid', async () => {
  const bot = buying()
  await bot.forge(`renew:${monthPlan.id.slice(4)}`)
  expect(bot.lastScreen().text).toContain('up to 3 devices · 📶 traffic: unlimited')
})

test('a provider without a label is called by its id', async () => {
  const bot = buying({ listPaymentMethods: offering('yookassa', 'new-bank') })
  await bot.command('buy')
  await bot.tap('1 month')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toContain('new-bank')
})

test('a method that asks for another currency shows its price, and so does its invoice', async () => {
  const dollars = { minor: 350n, currency: 'USD' } as const
  const bot = buying({
    listPaymentMethods: async ({ price }) => [
      { provider: 'yookassa', amount: price, percent: 0, title: {} },
      { provider: 'cryptobot', amount: dollars, percent: 0, title: {} },
    ],
    startPurchase: async () => ({ ...invoice, providerId: 'cryptobot', amount: dollars }),
  })
  await bot.command('buy')
  await bot.tap('1 month')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toEqual([
    '💳 Bank card, SBP, YooMoney',
    '🪙 Crypto (CryptoBot) · $3.50',
    '🎟 I have a code',
    '‹ Back',
  ])
  await bot.tap('Crypto')
  expect(bot.lastScreen().text).toContain('1 month — $3.50')
  expect(bot.lastScreen().buttons[0]).toMatchObject({ text: '💳 Pay $3.50' })
})

test('a method has the shop’s own name and its percentage, before paying and on the invoice', async () => {
  const amount = { minor: 31_395n, currency: 'RUB' } as const
  const method = { provider: 'cryptobot', amount, percent: 5, title: { en: 'Coins', ru: 'Monety' } }
  const bot = buying({
    listPaymentMethods: async (plan) => [...(await offering('yookassa')(plan)), method],
    startPurchase: async () => ({ ...invoice, providerId: 'cryptobot', amount }),
  })
  await bot.command('buy')
  await bot.tap('1 month')
  expect(bot.lastScreen().buttons[1]?.text).toBe('Coins (+5%) · ₽313.95')
  await bot.tap('Coins')
  expect(bot.lastScreen().text).toContain('1 month — ₽313.95')
  expect(bot.lastScreen().text).toContain('Coins (+5%)')
})

test('where nothing can be paid now, that is said, with a way to support', async () => {
  const bot = buying({ listPaymentMethods: offering() })
  await bot.command('buy')
  await bot.tap('1 month')
  expect(bot.lastScreen().text).toContain('Payment is out of order for now')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toEqual(['💬 Support', '‹ Back'])
})

test('a provider that is down offers the others and a second try', async () => {
  const bot = buying({
    startPurchase: async () => ({ kind: 'provider_unavailable', plan: monthPlan, providerId: 'yookassa' }),
  })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Bank card')
  expect(bot.lastScreen().text).toContain("isn't responding")
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual([
    '🪙 Crypto (CryptoBot)',
    '🔄 Try again',
    '‹ Back',
  ])
})

test.each([
  ['plan_gone', 'no longer on sale'],
  ['provider_gone', 'no longer works'],
  ['banned', 'Your access is blocked'],
] as const)('a refusal is a sentence: %s', async (kind, sentence) => {
  const bot = buying({ startPurchase: async () => ({ kind }) })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Bank card')
  expect(bot.lastScreen().text).toContain(sentence)
})

test('a plan that went off sale while its button was on the screen is said', async () => {
  const bot = buying({ listPlans: async () => [] })
  await bot.forge(`plan:${monthPlan.id.slice(4)}`)
  expect(bot.lastScreen().text).toContain('no longer on sale')
})

async function check(result: CheckPaymentResult) {
  const bot = buying({ checkPayment: async () => result, getSubscription: async () => null })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Bank card')
  await bot.tap('Check payment')
  return bot
}

test.each([
  [{ kind: 'pending' } as const, "hasn't arrived yet"],
  [{ kind: 'provider_unavailable' } as const, "isn't responding"],
])('%j is said over the invoice, which stays', async (result, sentence) => {
  const bot = await check(result)
  expect(bot.lastAnswer()).toContain(sentence)
  expect(bot.lastScreen().text).toContain('The invoice is open until')
})

test.each([
  [{ kind: 'settled' } as const, 'Paid, thank you'],
  [{ kind: 'already_settled' } as const, 'Paid, thank you'],
  [{ kind: 'canceled', reason: 'expired' } as const, 'The time to pay is over'],
  [{ kind: 'canceled', reason: 'declined' } as const, 'This invoice is closed'],
  [{ kind: 'mismatch' } as const, 'The amount differs'],
  [{ kind: 'unknown_payment' } as const, "couldn't find this invoice"],
])('%j becomes a screen', async (result, sentence) => {
  expect((await check(result)).lastScreen().text).toContain(sentence)
})

test('why a payment failed is said over the closed invoice, for the notification tells it at length', async () => {
  const bot = await check({ kind: 'canceled', reason: 'insufficient_funds' })
  expect(bot.lastAnswer()).toContain("There wasn't enough money")
})

test('alerts fit into the 200 characters of Telegram in both languages', () => {
  for (const language of translations.languages)
    for (const result of alerting) {
      const outcome = checkOutcome(translations.translatorFor(language), result, null)
      const alert = outcome.kind === 'alert' ? outcome.text : (outcome.alert ?? '')
      expect(alert.length, `${language} ${JSON.stringify(result)}`).toBeGreaterThan(0)
      expect(alert.length, `${language} ${JSON.stringify(result)}`).toBeLessThanOrEqual(200)
    }
})

test('who would wait for a key is told before paying, and a shop that is closed sells nothing', async () => {
  const waiting = buying({ checkRoom: async () => 'waits' })
  await waiting.command('buy')
  await waiting.tap(monthTitle)
  expect(waiting.lastScreen().text).toContain('no free places right now')
  const closed = buying({ checkRoom: async () => 'closed', startPurchase: async () => ({ kind: 'no_room' }) })
  await closed.command('buy')
  await closed.tap(monthTitle)
  expect(closed.lastScreen().text).toContain('paused sales')
})

test('an invoice in coins says about how much of which', async () => {
  const quoteCoins = vi.fn(async () => ({ coins: ['USDT', 'TON'], coin: 'USDT', about: '3.71' }))
  const bot = buying({ quoteCoins, startPurchase: async () => ({ ...invoice, providerId: 'cryptobot' }) })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Crypto')
  expect(quoteCoins).toHaveBeenCalledWith('cryptobot', monthPlan.price)
  expect(bot.lastScreen().text).toContain('about 3.71 USDT')
  expect(bot.lastScreen().text).toContain('USDT, TON')
})
