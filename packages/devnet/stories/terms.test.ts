import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
  const owner = story.owner()
  owner.start()
  owner.say('/settings')
  await owner.tap('Условия')
  await owner.tap('Оферта · RU')
  owner.say('http://shop.example')
  await owner.sees('Нужна ссылка вида https://')
  owner.say('1. Магазин продаёт доступ к VPN.')
  await owner.tap('Политика · EN')
  owner.say('https://shop.example/privacy')
  await owner.sees('https://shop.example/privacy')
  await owner.tap('Просить согласие')
  await owner.sees('Перед первой оплатой клиент соглашается')
})
afterEach(() => story.end())

test('a customer reads and agrees once, and the purchase goes on by itself', async () => {
  const anna = story.customer()
  anna.start()
  anna.say('/terms')
  await anna.tap('Условия (оферта)')
  await anna.sees('Магазин продаёт доступ к VPN')
  for (const isFirst of [true, false]) {
    anna.say('/buy')
    await anna.tap('1 месяц')
    await anna.tap('Тестовая')
    if (isFirst) {
      await anna.sees('Прежде чем платить')
      await anna.tap('Согласен, продолжить')
    }
    await anna.sees('Оплатить')
    expect(anna.count('Прежде чем платить')).toBe(0)
    await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
    await anna.sees(isFirst ? 'Готово!' : 'Подписка продлена')
  }
})

test('in English: before the balance is topped up too', async () => {
  const emma = story.customer('guest')
  emma.start()
  emma.say('/balance')
  await emma.tap('₽300')
  await emma.tap('Test')
  await emma.sees('Before you pay')
  await emma.tap('I agree, go on')
  await emma.sees('Pay')
})
