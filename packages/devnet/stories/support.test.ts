import { dayMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { type SupportBotDeps, startSupportBot } from '@vpn-kiosk/support-bot'
import { createRateBudget, type RunningBot, silentLogger } from '@vpn-kiosk/telegram'
import { type SeenMessage, startTelegramSimulator, type TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest'
import { cast } from '../src/cast.ts'

const bot = cast.bots.support
const chat = `@${bot.username}`
const group = cast.supportGroup
const { customer: anna, guest: emma, agent, owner } = cast.people

let world: TestShop
let telegram: TelegramSimulator
let running: RunningBot

/** Telegram's limits apply on the simulator's request only; a story is not to wait for a minute. */
const roomy = { perSecond: 1000, perChatPerSecond: 1000, chatBurst: 1000, perGroupPerMinute: 10_000 }

const startBot = (more: Partial<SupportBotDeps> = {}): Promise<RunningBot> =>
  startSupportBot({
    shop: world.shop,
    logger: silentLogger,
    redis: null,
    token: bot.token,
    apiRoot: telegram.apiRoot,
    groupId: group,
    budget: createRateBudget(roomy),
    albumQuietMs: 700,
    sweepMs: 200,
    ...more,
  })

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  for (const person of [agent, owner])
    await world.shop.addStaff('operator', { telegramId: BigInt(person.id), name: person.firstName, role: 'support' })
  telegram = await startTelegramSimulator({ clock: world.clock })
  telegram.addBot(bot)
  const { people } = telegram
  for (const person of Object.values(cast.people)) people.createPerson(person)
  people.createGroup({ id: group, title: 'Support', owner: owner.id, members: [agent.id], bots: [{ bot: chat }] })
  running = await startBot()
})
afterEach(async () => {
  await running.close()
  await telegram.close()
  await world.close()
})

const soon = { timeout: 8_000, interval: 15 }
const topics = () => telegram.people.listTopics({ chat: group })
const inTopic = (topic = topics().at(-1)?.id ?? 0) =>
  telegram.people.transcript({ person: agent.id, chat: group, topic })
const inPrivate = (person: number = anna.id) => telegram.people.transcript({ person, chat })
const says = (text: string, more: { person?: number; replyTo?: number } = {}) =>
  telegram.people.sendText({ person: anna.id, chat, text, ...more })
const answers = (text: string, more: { topic?: number; replyTo?: number } = {}) =>
  telegram.people.sendText({ person: agent.id, chat: group, topic: topics().at(-1)!.id, text, ...more })

/** Waits for a message that fits; `whole` compares the whole text. */
async function seen(read: () => SeenMessage[], fits: (message: SeenMessage) => boolean): Promise<SeenMessage> {
  await expect.poll(() => read().some(fits), soon).toBe(true)
  return read().findLast(fits)!
}
const arrives = (text: string | RegExp, read: () => SeenMessage[] = inTopic) =>
  seen(read, (one) => (typeof text === 'string' ? one.text.includes(text) : text.test(one.text)))
const open = async (text = 'It does not connect') => {
  says(text)
  return arrives(text, () => (topics().length > 0 ? inTopic() : []))
}
const press = (text: string) =>
  telegram.people.press({ person: agent.id, chat: group, topic: topics().at(-1)!.id, text })

describe('a ticket', () => {
  test('goes there and back, with a card first and nobody named', async () => {
    telegram.people.start({ person: anna.id, bot: chat, payload: 'client' })
    await arrives('Это поддержка', inPrivate)
    expect(topics()).toEqual([])
    await open()
    expect(topics()).toMatchObject([{ name: '#1 Anna', isClosed: false }])
    const [card, copy] = inTopic().filter((one) => one.body === null)
    expect(card!.text).toMatch(/Обращение № 1[\s\S]*@anna[\s\S]*Подписки не было/)
    expect(copy).toMatchObject({ text: 'It does not connect', forwardedFrom: null })
    await arrives('Ваше обращение — № 1', inPrivate)

    answers('Please restart the app')
    const answer = await arrives('Please restart the app', inPrivate)
    expect(answer).toMatchObject({ from: { isBot: true }, forwardedFrom: null })
    says('It works now')
    await arrives('It works now')
    expect(inPrivate().filter((one) => one.text.includes('№ 1'))).toHaveLength(1)
  })

  test('carries every kind of media both ways', async () => {
    const kinds = ['photo', 'document', 'voice', 'video', 'video_note', 'animation', 'sticker', 'audio'] as const
    for (const kind of kinds) {
      await telegram.people.sendMedia({ person: anna.id, chat, kind })
      await seen(
        () => (topics().length > 0 ? inTopic() : []),
        (one) => one.media?.kind === kind,
      )
    }
    for (const kind of kinds) {
      await telegram.people.sendMedia({ person: agent.id, chat: group, topic: topics()[0]!.id, kind })
      await seen(inPrivate, (one) => one.media?.kind === kind && !one.isMine)
    }
    expect(topics()).toHaveLength(1)
  })

  test('keeps an album an album, and its order, both ways', async () => {
    const items = ['one', 'two', 'three'].map((caption) => ({ kind: 'photo' as const, caption }))
    await telegram.people.sendAlbum({ person: anna.id, chat, items })
    await arrives('three', () => (topics().length > 0 ? inTopic() : []))
    const there = inTopic().filter(({ media }) => media)
    expect(there.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    expect(new Set(there.map(({ albumId }) => albumId)).size).toBe(1)
    expect(there[0]!.albumId).not.toBeNull()

    await telegram.people.sendAlbum({ person: agent.id, chat: group, topic: topics()[0]!.id, items })
    await seen(inPrivate, (one) => !one.isMine && one.text === 'three')
    const back = inPrivate().filter((one) => one.media && !one.isMine)
    expect(new Set(back.map(({ albumId }) => albumId)).size).toBe(1)
    expect(back).toHaveLength(3)
  })

  test('maps replies to replies, and takes no topic root for one', async () => {
    const question = await open('first')
    const own = inPrivate().find(({ text }) => text === 'first')!
    answers('to nothing')
    expect((await arrives('to nothing', inPrivate)).replyTo).toBeNull()
    answers('to the first', { replyTo: question.id })
    const reply = await arrives('to the first', inPrivate)
    expect(reply.replyTo).toBe(own.id)
    says('thanks', { replyTo: reply.id })
    const source = inTopic().find(({ text }) => text === 'to the first')!
    expect((await arrives('thanks')).replyTo).toBe(source.id)
  })

  test('mirrors edits of texts and captions both ways, and sends anew what can’t be edited', async () => {
    await open('typo')
    const own = inPrivate().find(({ text }) => text === 'typo')!
    telegram.people.editText({ person: anna.id, chat, message: own.id, text: 'no typo' })
    await expect
      .poll(
        () =>
          inTopic()
            .filter(({ isMine }) => !isMine)
            .at(-1)?.text,
        soon,
      )
      .toBe('no typo')

    await telegram.people.sendMedia({
      person: agent.id,
      chat: group,
      topic: topics()[0]!.id,
      kind: 'photo',
      caption: 'look',
    })
    await arrives('look', inPrivate)
    const picture = inTopic().find(({ text }) => text === 'look')!
    telegram.people.editText({ person: agent.id, chat: group, message: picture.id, text: 'look here' })
    await arrives('look here', inPrivate)
    expect(inPrivate().filter(({ media }) => media)).toHaveLength(1)

    const copy = inTopic().find(({ text }) => text === 'no typo')!
    telegram.people.deleteMessage({ person: owner.id, chat: group, message: copy.id })
    telegram.people.editText({ person: anna.id, chat, message: own.id, text: 'third try' })
    await arrives(/Исправлено[\s\S]*third try/)
  })

  test('mirrors an edit made while the message was still on its way', async () => {
    await open()
    telegram.people.addFault({ effect: { kind: 'slow', delayMs: 500 }, method: 'copyMessage', count: 1 })
    const answer = answers('look')
    await arrives('look', inPrivate)
    telegram.people.editText({ person: agent.id, chat: group, message: answer.id, text: 'look here' })
    await arrives('look here', inPrivate)
    expect(inPrivate().filter(({ text }) => text.includes('look'))).toHaveLength(1)
  })

  test('keeps notes, General and foreign topics to the agents', async () => {
    await open()
    answers('// he is angry')
    answers('/note call him')
    telegram.people.sendText({ person: agent.id, chat: group, text: 'coffee?' })
    const { topic } = telegram.people.createTopic({ person: owner.id, chat: group, name: 'Own matters' })
    telegram.people.sendText({ person: agent.id, chat: group, topic, text: 'salary' })
    telegram.people.sendText({ person: agent.id, chat: group, topic: topics()[0]!.id, text: 'Good morning' })
    await arrives('Good morning', inPrivate)
    expect(inPrivate().filter(({ text }) => /angry|call him|coffee|salary/.test(text))).toEqual([])
    await seen(
      () => inTopic(topics()[0]!.id),
      (one) => one.text.startsWith('//') && one.reactions.includes('✍'),
    )
  })

  test('is one ticket with one topic however many first messages come at once', async () => {
    for (const text of ['a', 'b', 'c', 'd', 'e']) says(text)
    await arrives(/^e$/, () => (topics().length > 0 ? inTopic() : []))
    expect(topics()).toHaveLength(1)
    expect(telegram.calls.count('createForumTopic')).toBe(1)
    const copied = inTopic().filter(({ body }) => body === null)
    expect(copied.slice(1).map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('speaks the customer’s language to the customer and the shop’s to the agents', async () => {
    says('Hello', { person: emma.id })
    await arrives('Your ticket is #1', () => inPrivate(emma.id))
    await arrives('английский', () => (topics().length > 0 ? inTopic() : []))
  })
})

describe('closing', () => {
  test('by the card’s button closes the topic and tells the customer once; reopening works alike', async () => {
    await open()
    expect(await press('Закрыть')).toMatchObject({
      kind: 'callback',
      answer: { text: expect.stringContaining('закрыто') },
    })
    await arrives('Обращение № 1 закрыто', inPrivate)
    await expect.poll(() => topics()[0]!.isClosed, soon).toBe(true)
    expect(await press('Открыть снова')).toMatchObject({ kind: 'callback' })
    await arrives('Обращение № 1 снова открыто', inPrivate)
    await expect.poll(() => topics()[0]!.isClosed, soon).toBe(false)
    // The bot reads its own closing and reopening: had it obeyed them, there would be more words and calls.
    answers('still here')
    await arrives('still here', inPrivate)
    expect(inPrivate().filter(({ text }) => text.includes('закрыто'))).toHaveLength(1)
    expect(telegram.calls.count('closeForumTopic')).toBe(1)
  })

  test('by Telegram’s own menu does the same', async () => {
    await open()
    telegram.people.closeTopic({ person: owner.id, chat: group, topic: topics()[0]!.id })
    await arrives('Обращение № 1 закрыто', inPrivate)
    telegram.people.reopenTopic({ person: owner.id, chat: group, topic: topics()[0]!.id })
    await arrives('Обращение № 1 снова открыто', inPrivate)
  })

  test('is undone by the next word of either side within a day, and a new ticket comes after it', async () => {
    await open()
    await press('Закрыть')
    await expect.poll(() => topics()[0]!.isClosed, soon).toBe(true)
    says('one more thing')
    await arrives('one more thing')
    await arrives('снова открыто', inPrivate)
    await expect.poll(() => topics()[0]!.isClosed, soon).toBe(false)

    await press('Закрыть')
    await expect.poll(() => topics()[0]!.isClosed, soon).toBe(true)
    telegram.people.sendText({ person: owner.id, chat: group, topic: topics()[0]!.id, text: 'I forgot to say' })
    await arrives('I forgot to say', inPrivate)
    await expect.poll(() => topics()[0]!.isClosed, soon).toBe(false)

    await press('Закрыть')
    await arrives('Обращение № 1 закрыто', inPrivate)
    world.clock.advance(2 * dayMs)
    says('another matter')
    await expect.poll(() => topics().map(({ name }) => name), soon).toEqual(['#1 Anna', '#2 Anna'])
    await arrives('another matter')

    const old = topics()[0]!.id
    telegram.people.sendText({ person: owner.id, chat: group, topic: old, text: 'old place' })
    await arrives('другое обращение — № 2', () => inTopic(old))
    expect(inPrivate().filter(({ text }) => text === 'old place')).toEqual([])
  })
})

describe('when the group is not well', () => {
  test('a deleted topic is made anew, with the card, and nothing is lost', async () => {
    await open()
    telegram.people.deleteTopic({ person: owner.id, chat: group, topic: topics()[0]!.id })
    says('are you there?')
    await arrives('are you there?', () => (topics().length > 0 ? inTopic() : []))
    expect(topics()).toMatchObject([{ name: '#1 Anna' }])
    expect(inTopic().find(({ body }) => body === null)!.text).toContain('Обращение № 1')
    answers('yes')
    await arrives(/^yes$/, inPrivate)
  })

  test('a closed topic that refuses the bot is opened and the message arrives', async () => {
    await open()
    telegram.people.setMember({ chat: group, user: chat, status: 'administrator', rights: ['can_manage_topics'] })
    telegram.people.closeTopic({ person: owner.id, chat: group, topic: topics()[0]!.id })
    await arrives('закрыто', inPrivate)
    says('wait')
    await arrives('wait')
  })

  test('without the right to make topics a message waits, and comes as soon as the right is there', async () => {
    telegram.people.setMember({ chat: group, user: chat, status: 'member' })
    says('hello?')
    await arrives('Получили', inPrivate)
    await expect.poll(() => telegram.calls.count('createForumTopic'), soon).toBeGreaterThan(0)
    expect(topics()).toEqual([])
    telegram.people.setMember({ chat: group, user: chat, status: 'administrator' })
    await arrives('hello?', () => (topics().length > 0 ? inTopic() : []))
    expect(topics()).toHaveLength(1)
  })

  test('a bot that was away brings over what was stored, once', async () => {
    await open()
    await running.close()
    const person = { telegramId: BigInt(anna.id), firstName: 'Anna' }
    const { customer } = await world.shop.recognizeCustomer(person)
    const { id } = says('written while nobody looked')
    await world.shop.receiveCustomerMessage(customer.id, {
      chatId: anna.id,
      botId: Number.parseInt(bot.token, 10),
      sourceMessageId: id,
      kind: 'text',
      text: 'x',
      albumId: null,
      replyToId: null,
    })
    running = await startBot()
    await arrives('written while nobody looked')
    answers('found it')
    await arrives('found it', inPrivate)
    expect(inTopic().filter(({ text }) => text === 'written while nobody looked')).toHaveLength(1)
  })

  test('a customer who blocked the bot is named to the agent, under the message', async () => {
    await open()
    telegram.people.block({ person: anna.id, bot: chat })
    const { id } = answers('hello again')
    expect((await arrives('Не доставлено')).replyTo).toBe(id)
    expect(await world.shop.listOwingTickets()).toEqual([])
  })

  test('a dropped connection and a flood refusal delay a message and lose nothing', async () => {
    await open()
    telegram.people.addFault({ effect: { kind: 'bad-gateway' }, method: 'copyMessage', count: 1 })
    says('through a bad gateway')
    await arrives('through a bad gateway')
    telegram.people.addFault({ effect: { kind: 'flood', retryAfter: 1 }, method: 'copyMessage', count: 1 })
    says('through a flood')
    await arrives('through a flood')
  })
})

test('a person who floods is told so once, and what was taken in arrives', async () => {
  for (let n = 1; n <= 25; n++) says(`message ${n}`)
  await arrives('message 20', () => (topics().length > 0 ? inTopic() : []))
  expect(inPrivate().filter(({ text }) => text.includes('Слишком много сообщений'))).toHaveLength(1)
  expect(inTopic().some(({ text }) => text === 'message 21')).toBe(false)
})

test('a stranger’s forged button closes nothing', async () => {
  await open()
  const [line] = inTopic()
    .flatMap(({ buttons }) => buttons.flat())
    .filter(({ text }) => text.includes('Закрыть'))
  const data = line!.value!
  const result = await telegram.people.press({ person: anna.id, chat, data, isForged: true })
  expect(result).toMatchObject({ kind: 'callback', answer: { text: expect.stringContaining('устарела') } })
  expect(topics()[0]!.isClosed).toBe(false)
  onTestFinished(() => expect(inPrivate().some(({ text }) => text.includes('закрыто'))).toBe(false))
})
