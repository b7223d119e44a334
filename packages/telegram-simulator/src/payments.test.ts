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
