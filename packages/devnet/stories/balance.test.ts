import { isAccountId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
})
afterEach(() => story.end())

const accounts = () => story.devnet.panel.accounts().filter(({ email }) => isAccountId(email))
const lastInvoice = () => story.devnet.testPay.listInvoices().at(-1)!.reference

test('a customer adds to the balance, pays the rest of a month, and gets the money back to it', async () => {
  const anna = story.customer()
  anna.start()
  await anna.sees('Здравствуйте')
  anna.say('/balance')
  await anna.sees('На балансе пока пусто')
  await anna.tap('➕ 100')
  await anna.tap('Тестовая')
  await anna.sees('Пополнение — 100')
  await story.devnet.testPay.pay(lastInvoice())
  await anna.sees('На балансе 100')
  expect(accounts()).toHaveLength(0)

  anna.say('/buy')
  await anna.tap('1 месяц')
  await anna.tap('Баланс 100')
  await anna.tap('Тестовая')
  await anna.sees('спишется с баланса')
  await story.devnet.testPay.pay(lastInvoice())
  await anna.sees('Готово!')
  await expect.poll(() => accounts().length, { timeout: 10_000 }).toBe(1)

  const owner = story.owner()
  owner.start()
  owner.say('/payments')
  await owner.tap(/^✅ 299/)
  await owner.tap('Вернуть деньги')
  await owner.sees('Можно вернуть')
  await owner.tap('на баланс')
  await anna.sees('Возврат: 299')
  await anna.sees('Деньги уже на вашем балансе')
  anna.say('/balance')
  await anna.sees('На балансе 299')
  const { shop } = story.devnet.app
  expect(await shop.checkBooks()).toEqual([])
})
