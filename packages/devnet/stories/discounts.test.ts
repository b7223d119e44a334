import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
})
afterEach(() => story.end())

const lastInvoice = () => story.devnet.testPay.listInvoices().at(-1)!.reference
const plain = (text: string | undefined) => (text ?? '').replace(/\s/g, ' ')

test('a code is made in a line, opens by a link, makes the price and is in the report; a gift of the owner’s follows', async () => {
  const owner = story.owner()
  owner.start()
  owner.say('/newcode SPRING 20% 1 раз тариф month')
  const understood = await owner.sees('Создать код SPRING?')
  expect(plain(understood.text)).toContain('скидка 20 % на следующую покупку')
  expect(plain(understood.text)).toContain('для: 1 месяц')
  await owner.tap('Создать')
  await owner.sees(`https://t.me/${cast.bots.client.username}?start=promo_SPRING`)

  const anna = story.customer()
  anna.start('promo_SPRING')
  expect(plain((await anna.sees('скидка 20')).text)).toContain('299 ₽ 239,20 ₽')
  await anna.tap('Купить')
  await anna.tap(/1 месяц — 239,20/)
  expect(plain((await anna.sees('Код SPRING')).text)).toContain('1 месяц — 299 ₽ 239,20 ₽')
  await anna.tap('Тестовая')
  await anna.sees('Счёт ждёт оплаты')

  // The only use is in Anna's invoice.
  const boris = story.newcomer('Boris')
  boris.start('promo_SPRING')
  await boris.sees('разобрали')

  await story.devnet.testPay.pay(lastInvoice())
  await anna.sees('Готово!')
  owner.say('/report')
  expect(plain((await owner.sees('Скидки:')).text)).toContain('Скидки: 59,80 ₽')

  owner.say('/find Boris')
  await owner.tap('Скидка')
  owner.say('50%')
  await owner.sees('Клиенту сообщили')
  await boris.sees('У вас личная скидка: 50')
  await boris.tap(/149,50/)
  expect(plain((await boris.sees('Ваша личная скидка')).text)).toContain('1 месяц — 299 ₽ 149,50 ₽')
  await boris.tap('Тестовая')
  await boris.sees('Счёт ждёт оплаты')
  await story.devnet.testPay.pay(lastInvoice())
  await boris.sees('Готово!')
  expect(await story.devnet.app.shop.checkBooks()).toEqual([])
})
