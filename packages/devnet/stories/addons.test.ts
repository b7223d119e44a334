import { isAccountId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
})
afterEach(() => story.end())

/** Devices at once that the panel lets in, of each account of ours. */
const limits = () => {
  const { panel } = story.devnet
  const ours = panel.accounts().filter(({ email }) => isAccountId(email))
  return ours.map(({ email }) => panel.rawClient(email)?.limitIp)
}
const payNewest = () => story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)

async function sellDevices() {
  const owner = story.owner()
  owner.start()
  owner.say('/plans')
  await owner.tap('Дополнения')
  await owner.sees('Пока ни одного')
  await owner.tap('➕ Устройства')
  await owner.sees('Сколько устройств добавить')
  owner.say('2')
  await owner.sees('+2 устройства')
  owner.say('60')
  await owner.sees('Дополнение создано')
  await owner.tap('Продавать')
  await owner.sees('🟢 Продаётся')
  return owner
}

test('the owner sells devices, a customer adds two in three taps, and a refund takes them back', async () => {
  const owner = await sellDevices()
  const anna = story.customer()
  anna.start()
  anna.say('/buy')
  await anna.tap('1 месяц')
  await anna.tap('Тестовая')
  await anna.sees('Оплатить')
  await payNewest()
  await anna.sees('Готово!')
  await expect.poll(limits, { timeout: 10_000 }).toEqual([3])

  anna.say('/menu')
  await anna.sees('🟢 До')
  await anna.tap('Подписка')
  await anna.tap('Больше устройств')
  await anna.sees('Добавим к подписке, которая у вас сейчас')
  await anna.tap('+2 устройства — 60')
  await anna.sees('Дополнительные устройства работают до')
  await payNewest()
  await anna.sees('+2 устройства — включено')
  await expect.poll(limits, { timeout: 10_000 }).toEqual([5])
  anna.say('/menu')
  await anna.tap('Подписка')
  await anna.sees('Из них +2 устройства до')

  owner.say('/payments')
  await owner.tap(/^✅ 60/)
  await owner.tap('Вернуть деньги')
  await owner.sees('Полный возврат снимет +2 устройства')
  await owner.tap('Я вернул 60')
  await anna.sees('+2 устройства — это снято')
  await expect.poll(limits, { timeout: 10_000 }).toEqual([3])
  expect(await story.devnet.app.shop.checkBooks()).toEqual([])
})

test('in English: what is paid after the time is over waits on the balance', async () => {
  await sellDevices()
  const emma = story.customer('guest')
  emma.start()
  emma.say('/buy')
  await emma.tap('1 month')
  await emma.tap('Test')
  await emma.sees('Pay')
  await payNewest()
  await emma.sees('Done!')
  emma.say('/menu')
  await emma.sees('🟢 Until')
  await emma.tap('👤 Subscription')
  await emma.tap('More devices')
  await emma.tap('+2 devices — ₽60')
  await emma.sees('After that you have as many as your plan gives')
  story.devnet.clock.advance(31 * 86_400_000)
  await payNewest()
  await emma.sees('came when the time it was meant for was over')
  await expect.poll(() => story.devnet.app.shop.checkBooks()).toEqual([])
})
