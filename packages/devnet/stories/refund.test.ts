import { isAccountId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
})
afterEach(() => story.end())

const accounts = () => story.devnet.panel.accounts().filter(({ email }) => isAccountId(email))
const canConnect = () => accounts().some(({ uuid }) => story.devnet.panel.canConnect(uuid))

test('a month paid with YooKassa is given back from the admin bot, and its webhook changes nothing more', async () => {
  const { yookassa, app } = story.devnet
  const anna = story.customer()
  anna.start()
  await anna.tap('Купить')
  await anna.tap('1 месяц')
  await anna.tap('Карта')
  await anna.sees('ждёт оплаты')
  const { reference } = yookassa.listInvoices().at(-1)!
  await yookassa.pay(reference)
  await anna.sees('Готово!')
  await expect.poll(canConnect, { timeout: 10_000 }).toBe(true)

  const owner = story.owner()
  owner.start()
  owner.say('/payments')
  await owner.tap(/^✅ 299/)
  await owner.tap('Вернуть деньги')
  await owner.sees('Можно вернуть')
  await owner.tap(/^↩️ Вернуть 299/)
  await anna.sees('Возврат: 299')
  await expect.poll(canConnect, { timeout: 10_000 }).toBe(false)
  expect(yookassa.findInvoice(reference)?.refunded).toEqual({ value: '299.00', currency: 'RUB' })

  await yookassa.webhooksSettled()
  await yookassa.resendWebhook(reference)
  const told = yookassa.webhookDeliveries().filter(({ body }) => body.includes('refund.succeeded'))
  expect(told.map(({ outcome }) => outcome)).toEqual([200, 200])
  await story.devnet.tick()
  expect(anna.count('Возврат: 299')).toBe(1)
  expect(yookassa.findInvoice(reference)?.refunded).toEqual({ value: '299.00', currency: 'RUB' })
  expect(await app.shop.checkBooks()).toEqual([])
})
