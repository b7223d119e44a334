import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
})
afterEach(() => story.end())

test('a shop under 54-FZ asks for an e-mail once, and each payment and each part given back has its receipt', async () => {
  const { yookassa, app } = story.devnet
  yookassa.setFiscal(true)
  await app.shop.probeProviders()
  const anna = story.customer()
  anna.start()
  await anna.tap('Купить')
  await anna.tap('1 месяц')
  await anna.tap('СБП')
  await anna.sees('Куда прислать чек?')
  expect(yookassa.listInvoices()).toEqual([])
  anna.say('почта@пример')
  await anna.sees('не похоже на почту')
  anna.say('anna@mail.ru')
  await anna.tap('Перейти к оплате')
  await anna.sees('ждёт оплаты')
  const { reference } = yookassa.listInvoices().at(-1)!
  expect(yookassa.receiptOf(reference)).toMatchObject({
    customer: { email: 'anna@mail.ru' },
    items: [{ amount: { value: '299.00', currency: 'RUB' }, vat_code: 1 }],
  })
  await yookassa.pay(reference)
  await anna.sees('Готово!')

  anna.say('/buy')
  await anna.tap('1 месяц')
  await anna.tap('Карта')
  await anna.sees('ждёт оплаты')
  const second = yookassa.listInvoices().find((invoice) => invoice.reference !== reference)!
  expect(yookassa.receiptOf(second.reference)).toMatchObject({ customer: { email: 'anna@mail.ru' } })

  const owner = story.owner()
  owner.start()
  owner.say('/payments')
  await owner.tap(/^✅ 299/)
  expect(owner.screen().some(({ text }) => text?.includes('mail.ru'))).toBe(false)
  const payments = (await app.shop.listPayments({})).lines
  const paid = payments.find(({ state }) => state === 'paid')!
  const wish = { paymentId: paid.id, minor: 10_000n, requestId: 'part', byHand: false }
  const requested = await app.shop.requestRefund(BigInt(owner.id), wish)
  expect(requested.kind).toBe('requested')
  await anna.sees('Возврат: 100')
  expect(yookassa.findInvoice(reference)?.refunded).toEqual({ value: '100.00', currency: 'RUB' })
  expect(await app.shop.checkBooks()).toEqual([])
})
