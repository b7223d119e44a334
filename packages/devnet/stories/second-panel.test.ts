import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'))
})
afterEach(() => story.end())

test('the owner adds the spare panel in the admin bot, and who has paid gets a key on it', async () => {
  const { devnet } = story
  const anna = story.customer()
  anna.start()
  await anna.tap('Попробовать')
  await anna.sees('Пробный период начался')

  const olga = story.owner()
  olga.start()
  await olga.sees('владелец')
  await olga.tap('Серверы')
  await olga.tap('Добавить сервер')
  await olga.tap('3X-UI')
  await olga.sees('Адрес панели')
  olga.say(devnet.sparePanel.url)
  await olga.tap('Пароль')
  await olga.sees('Логин от панели')
  olga.say(devnet.sparePanel.username)
  await olga.sees('Пароль от панели')
  olga.say(devnet.sparePanel.password)
  await olga.tap('VLESS Reality')
  await olga.tap('Готово')
  await olga.sees('Адрес для клиентов')
  olga.say('hel-1.example.com')
  await olga.sees('Название')
  olga.say('hel-1')
  await olga.tap('Хельсинки')
  await olga.tap('100')
  await olga.tap('Проверить и сохранить')
  await olga.sees('hel-1 добавлен', 20_000)
  await expect.poll(() => devnet.sparePanel.accounts().length, { timeout: 15_000 }).toBe(2)
})

test('a week after a trial the clock of the demo has brought the reminder, the end and the question how it was', async () => {
  const { devnet } = story
  const anna = story.customer()
  anna.start()
  await anna.tap('Попробовать')
  await anna.sees('Пробный период начался')
  // What nobody could be told for three days is given up, and Telegram takes a message a second to a chat.
  const passDays = async (days: number, words: string) => {
    for (let day = 0; day < days; day++) {
      devnet.clock.advance(24 * 3_600_000)
      await devnet.tick()
    }
    await anna.sees(words)
  }
  await passDays(4, 'Пробный период закончился')
  await passDays(3, 'Как вам пробный период?')
})
