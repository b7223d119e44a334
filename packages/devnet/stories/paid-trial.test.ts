import { isAccountId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
  const owner = story.owner()
  owner.start()
  owner.say('/plans')
  await owner.tap('🎁')
  await owner.sees('💰 Бесплатно')
  await owner.tap('💰')
  await owner.sees('Сколько стоит пробный период?')
  owner.say('10')
  await owner.sees(/💰 10\s₽/)
})
afterEach(() => story.end())

const pay = () => story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
const openAccounts = () =>
  story.devnet.panel.accounts().filter(({ email, enabled }) => isAccountId(email) && enabled).length

test('a trial that costs a little is bought once, like a plan', async () => {
  const anna = story.customer()
  anna.start()
  await anna.sees(/Попробуйте за 10\s₽: 3 дня, 10\sГБ трафика, до 2 устройств. Один раз/)
  await anna.tap(/Попробовать: 3 дня за 10\s₽/)
  await anna.tap('Тестовая')
  await anna.sees(/10\s₽/)
  await pay()
  await anna.sees('Пробный период начался')
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(1)
  anna.say('/menu')
  await anna.sees(/🎁 Пробный период/)
  anna.say('/trial')
  await anna.sees('Пробный период уже был')
})

test('in English', async () => {
  const emma = story.customer('guest')
  emma.start()
  await emma.sees(/Try it for ₽10: 3 days, 10\sGB of traffic, up to 2 devices. Once/)
  await emma.tap('Try it: 3 days for ₽10')
  await emma.tap('Test')
  await emma.sees('₽10')
  await pay()
  await emma.sees('Your trial has started!')
})
