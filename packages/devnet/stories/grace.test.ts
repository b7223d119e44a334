import { dayMs, isAccountId, minuteMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import type { PersonName } from '../src/cast.ts'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
  const owner = story.owner()
  owner.start()
  owner.say('/settings')
  await owner.tap('Отсрочка')
  await owner.sees('Это время в долг')
  owner.say('48')
  await owner.sees('доступ работает ещё 48 часов')
})
afterEach(() => story.end())

const openAccounts = () =>
  story.devnet.panel.accounts().filter(({ email, enabled }) => isAccountId(email) && enabled).length

async function buy(name: PersonName, words: readonly [month: string, test: string, pay: string, done: string]) {
  const person = story.customer(name)
  person.start()
  person.say('/buy')
  await person.tap(words[0])
  await person.tap(words[1])
  await person.sees(words[2])
  await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
  await person.sees(words[3])
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(1)
  story.devnet.clock.advance(30 * dayMs - 2 * minuteMs)
  const { shop } = story.devnet.app
  await shop.giveGrace()
  await person.sees(/Доступ пока не отключим|We keep your access on/)
  story.devnet.clock.advance(dayMs)
  await shop.startStretches()
  await shop.expireSubscriptions()
  return person
}

test('who forgot to renew keeps access, is told, and renews from the old end', async () => {
  const anna = await buy('customer', ['1 месяц', 'Тестовая', 'Оплатить', 'Готово!'])
  anna.say('/menu')
  await anna.sees('Доступ ещё работает до')
  expect(openAccounts()).toBe(1)
  await anna.tap('Продлить: 1 месяц')
  await anna.tap('Тестовая')
  await anna.sees('Оплатить')
  await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
  await anna.sees('Подписка продлена')
  anna.say('/menu')
  await anna.sees(/🟢 До .* \(30 дней\)/)
})

test('in English', async () => {
  const emma = await buy('guest', ['1 month', 'Test', 'Pay', 'Done!'])
  emma.say('/menu')
  await emma.sees('Access still works until')
})
