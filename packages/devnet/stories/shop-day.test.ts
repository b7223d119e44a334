import { isAccountId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'))
})
afterEach(() => story.end())

const accounts = () => story.devnet.panel.accounts().filter(({ email }) => isAccountId(email))

async function annaBuys(): Promise<void> {
  const anna = story.customer()
  anna.start()
  await anna.tap('Купить')
  await anna.tap('1 месяц')
  await anna.tap('Тестовая')
  await expect.poll(() => story.devnet.testPay.listInvoices().length).toBe(1)
  await anna.sees('Счёт ждёт оплаты')
  await story.devnet.testPay.pay(story.devnet.testPay.listInvoices()[0]!.reference)
  await anna.sees('Готово!')
}

describe('one day of the shop', () => {
  test('Anna buys and gets her key, asks and is answered, and Olga sees the sale', async () => {
    const [anna, inSupport, olga] = [story.customer(), story.inSupport(), story.owner()]
    const { people } = story.devnet.telegram
    olga.start()
    await olga.sees('владелец')
    await annaBuys()
    await olga.sees('Продажа: 299')

    inSupport.start()
    inSupport.say('Как подключить телевизор?')
    await expect.poll(() => people.listTopics({ chat: cast.supportGroup }).length).toBe(1)
    const [topic] = people.listTopics({ chat: cast.supportGroup })
    expect(topic!.name).toMatch(/#1 Anna/)
    const asked = () => people.transcript({ person: cast.people.agent.id, chat: cast.supportGroup, topic: topic!.id })
    await expect.poll(() => asked().some((message) => message.text === 'Как подключить телевизор?')).toBe(true)
    people.sendText({
      person: cast.people.agent.id,
      chat: cast.supportGroup,
      topic: topic!.id,
      text: 'Сейчас расскажу!',
    })
    await inSupport.sees('Сейчас расскажу!')

    olga.say('/dashboard')
    const dashboard = await olga.sees('Сводка')
    await expect.poll(() => olga.screen().at(-1)?.text).toMatch(/Сегодня: 299/)
    expect(dashboard).toBeDefined()
    expect(anna.count(/Ссылка-подписка/)).toBe(1)
  })

  test('Olga bans Anna: the panel cuts her off within a minute, and lets her in when the ban is lifted', async () => {
    const olga = story.owner()
    await annaBuys()
    const { uuid } = accounts()[0]!
    olga.start()
    await olga.tap('Клиенты')
    await olga.sees('Кого ищем')
    olga.say('@anna')
    await olga.tap('Заблокировать')
    await olga.tap('Да, заблокировать')
    await expect.poll(() => story.devnet.panel.canConnect(uuid), { timeout: 60_000 }).toBe(false)
    await olga.tap('Разблокировать')
    await expect.poll(() => story.devnet.panel.canConnect(uuid), { timeout: 60_000 }).toBe(true)
  }, 90_000)

  test('a stranger in the admin bot reads one polite sentence and changes nothing, whatever is pressed', async () => {
    const { people } = story.devnet.telegram
    const stranger = people.createPerson({ firstName: 'Mallory', languageCode: 'en' })
    const chat = `@${cast.bots.admin.username}`
    people.start({ person: stranger.id, bot: chat })
    for (const text of ['/dashboard', '/find', '/broadcast', 'Anna'])
      people.sendText({ person: stranger.id, chat, text })
    const seen = () => people.transcript({ person: stranger.id, chat }).filter((message) => !message.isMine)
    await expect.poll(() => seen().length).toBeGreaterThanOrEqual(5)
    const olga = story.owner()
    olga.start()
    const menu = await olga.sees('владелец')
    for (const { value } of menu.buttons.flat()) {
      const pressed = await people.press({ person: stranger.id, chat, data: value!, isForged: true })
      expect(pressed).toMatchObject({ kind: 'callback', answer: expect.anything() })
    }
    const texts = new Set(seen().map((message) => message.text))
    expect([...texts]).toEqual([expect.stringContaining('for the shop')])
  })
})
