import { expect, test } from 'vitest'
import { chat, createBot, openScene, startPolling, until } from './testing/bot-harness.ts'

async function openShop() {
  const scene = await openScene()
  const bot = createBot(scene)
  const { anna, people } = scene
  people.start({ person: anna, bot: chat })
  await bot.api.sendInvoice(anna, 'Month', 'VPN for a month', 'pay_1', 'XTR', [{ label: 'Month', amount: 150 }])
  return { ...scene, bot }
}

test('stars are paid after the bot agreed, and given back once', async () => {
  const { bot, people, anna } = await openShop()
  const paid: string[] = []
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
  bot.on('message:successful_payment', (ctx) => void paid.push(ctx.msg.successful_payment.telegram_payment_charge_id))
  await startPolling(bot)

  const result = await people.pay({ person: anna, bot: chat })

  await until(() => paid.length === 1)
  expect(result).toEqual({ kind: 'paid', chargeId: paid[0] })
  expect((await bot.api.getStarTransactions()).transactions).toMatchObject([{ amount: 150 }])
  await bot.api.refundStarPayment(anna, paid[0]!)
  await expect(bot.api.refundStarPayment(anna, paid[0]!)).rejects.toThrow('CHARGE_ALREADY_REFUNDED')
})

test('a bot that declines a checkout is paid nothing', async () => {
  const { bot, people, anna } = await openShop()
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(false, 'Sold out'))
  await startPolling(bot)

  expect(await people.press({ person: anna, chat, text: 'Pay' })).toMatchObject({
    kind: 'pay',
    result: { kind: 'refused', message: 'Sold out' },
  })
})

test('stars take one price', async () => {
  const { bot, anna } = await openShop()
  const prices = [
    { label: 'a', amount: 1 },
    { label: 'b', amount: 2 },
  ]
  await expect(bot.api.sendInvoice(anna, 'M', 'D', 'p', 'XTR', prices)).rejects.toThrow('STARS_INVOICE_INVALID')
})

const periodS = 2_592_000
const days = (count: number) => count * 24 * 3600 * 1000

async function openSubscription() {
  const scene = await openScene()
  const bot = createBot(scene)
  const { anna, people, clock } = scene
  people.start({ person: anna, bot: chat })
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
  const told: object[] = []
  bot.on('message:successful_payment', (ctx) => void told.push(ctx.msg.successful_payment))
  const states: string[] = []
  bot.on('subscription', (ctx) => void states.push(ctx.subscription.state))
  await startPolling(bot)
  const prices = [{ label: 'Month', amount: 150 }]
  const terms = { provider_token: '', subscription_period: periodS }
  const link = await bot.api.createInvoiceLink('Month', 'VPN', 'pay_1', '', 'XTR', prices, terms)
  const first = await people.pay({ person: anna, bot: chat, link })
  if (first.kind !== 'paid') throw new Error(first.kind)
  // An update lives for a day, and the clock is about to be moved.
  await until(() => told.length === 1)
  return { bot, people, anna, clock, told, states, charge: first.chargeId }
}

test('a subscription in stars is charged once for each period that has begun, and nobody is asked', async () => {
  const { bot, people, anna, clock, told } = await openSubscription()
  expect(people.chargeSubscriptions().charges).toEqual([])
  clock.advance(days(61))
  expect(people.chargeSubscriptions({ person: anna }).charges).toHaveLength(2)
  expect(people.chargeSubscriptions().charges).toEqual([])
  await until(() => told.length === 3)
  expect(told).toMatchObject([
    { invoice_payload: 'pay_1', is_recurring: true, is_first_recurring: true },
    { invoice_payload: 'pay_1', is_recurring: true },
    { invoice_payload: 'pay_1', is_recurring: true, subscription_expiration_date: expect.any(Number) },
  ])
  const { transactions } = await bot.api.getStarTransactions()
  expect(transactions.map(({ source }) => source)).toMatchObject(
    Array(3).fill({ invoice_payload: 'pay_1', subscription_period: periodS }),
  )
})

test('a subscription that its person, the bot or empty pockets end is charged no more', async () => {
  const { bot, people, anna, clock, states, charge } = await openSubscription()
  people.cancelSubscription({ person: anna, bot: chat })
  people.cancelSubscription({ person: anna, bot: chat, isCanceled: false })
  await bot.api.editUserStarSubscription(anna, charge, true)
  expect(() => people.cancelSubscription({ person: anna, bot: chat, isCanceled: false })).toThrow('The bot has')
  await bot.api.editUserStarSubscription(anna, charge, false)
  people.cancelSubscription({ person: anna, bot: chat, isCanceled: false })
  await until(() => states.length === 3)
  people.setStars({ person: anna, hasStars: false })
  clock.advance(days(31))
  expect(people.chargeSubscriptions().charges).toEqual([])
  await until(() => states.length === 4)
  expect(states).toEqual(['canceled', 'active', 'active', 'failed'])
  people.setStars({ person: anna, hasStars: true })
  expect(people.chargeSubscriptions().charges).toEqual([])
  expect(people.listSubscriptions({ person: anna })).toMatchObject([{ charge, stars: 150, isOver: true }])
  await expect(bot.api.editUserStarSubscription(anna, 'other', true)).rejects.toThrow('CHARGE_ID_INVALID')
})

test('a subscription is a link of stars for thirty days', async () => {
  const { bot, anna } = await openShop()
  const prices = [{ label: 'Month', amount: 150 }]
  const more = { subscription_period: periodS }
  await expect(bot.api.sendInvoice(anna, 'M', 'D', 'p', 'XTR', prices, more as object)).rejects.toThrow(
    'SUBSCRIPTION_EXPORT_MISSING',
  )
  const weekly = { subscription_period: 604_800 }
  await expect(bot.api.createInvoiceLink('M', 'D', 'p', '', 'XTR', prices, weekly)).rejects.toThrow('PERIOD_INVALID')
  const dear = [{ label: 'Month', amount: 10_001 }]
  await expect(bot.api.createInvoiceLink('M', 'D', 'p', '', 'XTR', dear, more)).rejects.toThrow('STARS_INVOICE')
})
