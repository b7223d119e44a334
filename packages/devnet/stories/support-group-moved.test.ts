import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { startSupportBot } from '@vpn-kiosk/support-bot'
import { createRateBudget, type RunningBot, silentLogger } from '@vpn-kiosk/telegram'
import { type SeenMessage, startTelegramSimulator, type TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'

const bot = cast.bots.support
const chat = `@${bot.username}`
const group: number = cast.supportGroup
const second = group - 1
const { customer: anna, guest: emma, agent, owner } = cast.people
const roomy = { perSecond: 1000, perChatPerSecond: 1000, chatBurst: 1000, perGroupPerMinute: 10_000 }
const soon = { timeout: 8_000, interval: 15 }

let world: TestShop
let telegram: TelegramSimulator
let running: RunningBot

const startBot = (groupId = group): Promise<RunningBot> =>
  startSupportBot({
    shop: world.shop,
    logger: silentLogger,
    redis: null,
    token: bot.token,
    apiRoot: telegram.apiRoot,
    groupId,
    budget: createRateBudget(roomy),
    sweepMs: 200,
  })
const moveTo = async (groupId: number) => {
  await running.close()
  running = await startBot(groupId)
}

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.shop.addStaff('operator', { telegramId: BigInt(agent.id), name: 'Max', role: 'support' })
  telegram = await startTelegramSimulator({ clock: world.clock })
  telegram.addBot(bot)
  for (const person of Object.values(cast.people)) telegram.people.createPerson(person)
  for (const [id, title] of [
    [group, 'Support'],
    [second, 'New support'],
  ] as const)
    telegram.people.createGroup({ id, title, owner: owner.id, members: [agent.id], bots: [{ bot: chat }] })
  running = await startBot()
})
afterEach(async () => {
  await running.close()
  await telegram.close()
  await world.close()
})

const topicOf = (chatId: number, name: string) =>
  telegram.people.listTopics({ chat: chatId }).findLast((topic) => topic.name.includes(name))
const readIn = (chatId: number, topic: number) => telegram.people.transcript({ person: agent.id, chat: chatId, topic })
const inPrivate = (person: number = anna.id) => telegram.people.transcript({ person, chat })
const says = (text: string, person: number = anna.id) => telegram.people.sendText({ person, chat, text })
const answers = (chatId: number, topic: number, text: string) =>
  telegram.people.sendText({ person: agent.id, chat: chatId, topic, text })
const arrives = (text: RegExp, read: () => SeenMessage[]) =>
  expect.poll(() => read().some((one) => text.test(one.text)), soon).toBe(true)
const topicAppears = async (chatId: number, name: string) => {
  await expect.poll(() => topicOf(chatId, name) !== undefined, soon).toBe(true)
  return topicOf(chatId, name)!.id
}

describe('a support group that moved', () => {
  test('Anna’s topic and Emma’s of the same number are two: nobody reads or changes what is the other’s', async () => {
    const own = says('Anna asks')
    const annasTopic = await topicAppears(group, 'Anna')
    await arrives(/Anna asks/, () => readIn(group, annasTopic))
    await moveTo(second)
    says('Emma asks', emma.id)
    const emmasTopic = await topicAppears(second, 'Emma')
    await arrives(/Emma asks/, () => readIn(second, emmasTopic))
    expect(emmasTopic).toBe(annasTopic)

    telegram.people.editText({ person: anna.id, chat, message: own.id, text: 'Anna asks again' })
    const moved = await topicAppears(second, 'Anna')
    await arrives(/Исправлено[\s\S]*Anna asks again/, () => readIn(second, moved))
    await arrives(/Раньше в этом обращении/, () => readIn(second, moved))
    says('and once more')
    await arrives(/and once more/, () => readIn(second, moved))
    expect(readIn(second, emmasTopic).filter(({ text }) => text.includes('Anna asks'))).toEqual([])

    answers(second, emmasTopic, 'for Emma')
    answers(second, moved, 'for Anna')
    await arrives(/for Emma/, () => inPrivate(emma.id))
    await arrives(/for Anna/, inPrivate)
    expect(inPrivate().some(({ text }) => text.includes('for Emma'))).toBe(false)

    await moveTo(group)
    says('back in the old group')
    await arrives(/back in the old group/, () => readIn(group, annasTopic))
    answers(group, annasTopic, 'welcome back')
    await arrives(/welcome back/, inPrivate)
    expect(telegram.people.listTopics({ chat: group })).toHaveLength(1)
  })

  test('a topic of a version without groups is taken over where its words are, and nowhere else', async () => {
    says('asked before the update')
    const topic = await topicAppears(group, 'Anna')
    await arrives(/asked before the update/, () => readIn(group, topic))
    await running.close()
    const em = world.fixture.database.em()
    await em.execute('delete from ticket_topics')
    await em.execute(`update ticket_messages set source_id = null, source_chat_id = null, source_bot_id = null,
      copy_chat_id = null, copy_bot_id = null`)
    running = await startBot()
    answers(group, topic, 'answered after it')
    await arrives(/answered after it/, inPrivate)
    expect(readIn(group, topic).filter(({ text }) => text === 'asked before the update')).toHaveLength(1)

    await em.execute('delete from ticket_topics')
    await em.execute(`update ticket_messages set text = 'other words', copy_chat_id = null`)
    await moveTo(group)
    answers(group, topic, 'into the unknown')
    says('still there?')
    await expect.poll(() => telegram.people.listTopics({ chat: group }).length, soon).toBe(2)
    await arrives(/still there\?/, () => readIn(group, topicOf(group, 'Anna')!.id))
    expect(inPrivate().some(({ text }) => text === 'into the unknown')).toBe(false)
  })
})
