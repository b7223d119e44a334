import { dayMs, isAccountId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
})
afterEach(() => story.end())

const openAccounts = () =>
  story.devnet.panel.accounts().filter(({ email, enabled }) => isAccountId(email) && enabled).length

async function allowFreezing() {
  const owner = story.owner()
  owner.start()
  owner.say('/settings')
  await owner.tap('Заморозка')
  await owner.sees('На сколько дней самое большее')
  owner.say('14')
  await owner.sees('Заморозка: до 14 дней, раз в году: 2')
}

test('the owner allows it, a customer freezes for a holiday and comes back early', async () => {
  await allowFreezing()
  const anna = story.customer()
  anna.start()
  anna.say('/buy')
  await anna.tap('1 месяц')
  await anna.tap('Тестовая')
  await anna.sees('Оплатить')
  await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(1)

  await anna.sees('Готово!')
  anna.say('/menu')
  await anna.sees('🟢 До')
  await anna.tap('Подписка')
  await anna.tap('Заморозить')
  await anna.sees('всё оставшееся время вернётся до секунды')
  await anna.sees('Осталось 2 заморозки из 2 за год')
  await anna.tap('Заморозить сейчас')
  await anna.sees('Подписка заморожена')
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(0)
  story.devnet.clock.advance(3 * dayMs)
  await anna.tap('Разморозить сейчас')
  await anna.sees('Подписка снова работает')
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(1)
})

test('in English: a forgotten freeze ends by itself, and says so', async () => {
  await allowFreezing()
  const emma = story.customer('guest')
  emma.start()
  emma.say('/buy')
  await emma.tap('1 month')
  await emma.tap('Test')
  await emma.sees('Pay')
  await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(1)
  await emma.sees('Done!')
  emma.say('/menu')
  await emma.sees('🟢 Until')
  await emma.tap('Subscription')
  await emma.tap('Freeze')
  await emma.sees('time stands still')
  await emma.tap('Freeze now')
  await emma.sees('The subscription is frozen')
  story.devnet.clock.advance(14 * dayMs)
  await story.devnet.app.shop.endFreezes()
  await emma.sees('The freeze is over and time goes on')
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(1)
})
