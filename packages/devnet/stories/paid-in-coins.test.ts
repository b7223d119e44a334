import { isAccountId, minuteMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { type Actor, openStory, type Story } from './story.ts'

/* A price in euros that is paid in coins: what the provider counts in coins is never taken for money. */

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
  const { shop } = story.devnet.app
  const [month] = await shop.listPlans()
  expect(await shop.updatePlan('operator', month!.id, { otherPrices: [{ price: '3.50', currency: 'EUR' }] })).toEqual({
    kind: 'updated',
  })
})
afterEach(() => story.end())

const accounts = () => story.devnet.panel.accounts().filter(({ email }) => isAccountId(email))

/** From the main menu to an invoice in euros whose page waits for the choice of a coin. */
async function orderInEuros(person: Actor): Promise<{ readonly reference: string; readonly url: string }> {
  person.start()
  await person.tap('Купить')
  await person.tap('1 месяц')
  await person.tap('CoinGate')
  await person.sees('ждёт оплаты')
  const pay = await person.tap('Оплатить')
  if (pay.kind !== 'url') throw new Error('the button leads nowhere')
  const { reference, asked } = story.devnet.coingate.listInvoices().at(-1)!
  expect(asked).toEqual({ value: '3.50', currency: 'EUR' })
  return { reference, url: pay.url }
}

const press = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

test('is delivered once the coins are there', async () => {
  const anna = story.customer()
  const { url } = await orderInEuros(anna)
  await press(url, { choice: 'BTC' })
  await press(url, { action: 'pay' })
  await anna.sees('Готово!')
  expect(accounts()).toHaveLength(1)
  const { coingate } = story.devnet
  expect(coingate.webhookDeliveries().map(({ outcome }) => outcome)).toEqual([200, 200])
})

test('is delivered when more coins came, and staff hear how many', async () => {
  const anna = story.customer()
  const { url } = await orderInEuros(anna)
  await press(url, { choice: 'USDT' })
  story.owner().start()
  await press(url, { action: 'pay-more' })
  await anna.sees('Готово!')
  await story.owner().sees('3.5 USDT')
})

test('waits for a human when too few coins came until the order was over', async () => {
  const anna = story.customer()
  const { url } = await orderInEuros(anna)
  await press(url, { choice: 'USDT' })
  story.owner().start()
  await press(url, { action: 'pay-less' })
  story.devnet.clock.advance(21 * minuteMs)
  await story.devnet.coingate.expireDue()
  await story.devnet.tick()
  await anna.sees('Сумма не совпала')
  await story.owner().sees('3.5 - 1.75 USDT, expired')
  expect(accounts()).toEqual([])
})
