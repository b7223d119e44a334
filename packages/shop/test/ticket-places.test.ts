import type { Customer, Id, TicketId } from '@vpn-kiosk/domain'
import type { IncomingMessage } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'

let world: TestShop
let anna: Customer
let lastId = 0
let lastTopic = 500

const group = -100_1
const bot = 77
const supportGroup = { groupId: group, botId: bot }
const max = 7n

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.shop.addStaff('operator', { telegramId: max, name: 'Max', role: 'support' })
})
afterAll(() => world.close())
beforeEach(async () => {
  anna = await world.addCustomer('Anna')
})

const message = (text = 'It does not connect', more: Partial<IncomingMessage> = {}): IncomingMessage => {
  lastId += 1
  return {
    chatId: Number(anna.telegramId),
    botId: bot,
    sourceMessageId: lastId,
    kind: 'text',
    text,
    albumId: null,
    replyToId: null,
    ...more,
  }
}

async function attach(ticketId: TicketId, topic: { chatId?: number; topicId: number }) {
  const { chatId = group, topicId } = topic
  const claimed = await world.shop.claimTopic(ticketId, chatId)
  if (claimed.kind !== 'claimed') throw new Error(claimed.kind)
  await world.shop.attachTopic({ ticketId, claim: claimed.claim, chatId, topicId })
}

async function openTicket() {
  const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
  lastTopic += 1
  await attach(ticket.id, { topicId: lastTopic })
  return { ...ticket, topicId: lastTopic }
}

type AnswerOptions = Partial<IncomingMessage> & { isNote?: boolean; actor?: bigint }

const answer = (topicId: number, { actor = max, ...more }: AnswerOptions = {}) =>
  world.shop.receiveAgentMessage(actor, {
    ...message('Restart it'),
    chatId: group,
    topicId,
    agentName: 'Max',
    isNote: false,
    ...more,
  })

const claim = (ticketId: TicketId, author: 'customer' | 'agent') =>
  world.shop.claimMessages(ticketId, author, supportGroup)
const settle = (id: Id<'message'>, copyMessageId: number, chatId = group) =>
  world.shop.settleMessages([{ id, copyMessageId }], { chatId, botId: bot })

describe('another group', () => {
  const other = -100_2

  test('has topics of the same number: they are another ticket’s, or nobody’s', async () => {
    const ticket = await openTicket()
    expect((await answer(ticket.topicId, { chatId: other })).kind).toBe('unknown_topic')
    const emma = await world.addCustomer('Emma')
    const hers = await world.shop.receiveCustomerMessage(emma.id, message('hello', { chatId: Number(emma.telegramId) }))
    await attach(hers.ticket.id, { chatId: other, topicId: ticket.topicId })
    expect(await answer(ticket.topicId, { chatId: other })).toMatchObject({ customer: { id: emma.id } })
    expect(await answer(ticket.topicId)).toMatchObject({ customer: { id: anna.id } })
    expect(await world.shop.findTopic(ticket.id, other)).toBeNull()
    expect(await world.shop.findTopic(ticket.id, group)).toBe(ticket.topicId)
  })

  test('numbers its messages anew: nothing is taken for a repetition, an edit or an answer of the other’s', async () => {
    const ticket = await openTicket()
    const first = await claim(ticket.id, 'customer')
    if (first.kind !== 'claimed') throw new Error('not claimed')
    await settle(first.messages[0].id, 900)
    await attach(ticket.id, { chatId: other, topicId: ticket.topicId })
    const inOther = { chatId: other, sourceMessageId: 901, replyToId: 900 }
    expect((await answer(ticket.topicId, { sourceMessageId: 901 })).kind).toBe('accepted')
    world.clock.advance(1000)
    expect((await answer(ticket.topicId, inOther)).kind).toBe('accepted')
    expect((await answer(ticket.topicId, inOther)).kind).toBe('repeated')
    const there = { groupId: other, botId: bot }
    const told = await world.shop.claimMessages(ticket.id, 'agent', there)
    if (told.kind !== 'claimed') throw new Error('not claimed')
    await settle(told.messages[0].id, 501, Number(anna.telegramId))
    expect(await world.shop.claimMessages(ticket.id, 'agent', there)).toMatchObject({
      messages: [{ sourceMessageId: 901, sourceChatId: other }],
      replyToId: null,
    })
    const edit = message('typo', { sourceMessageId: first.messages[0].sourceMessageId })
    expect(
      await world.shop.receiveTicketEdit({ ...edit, by: { customerId: anna.id }, supportGroup: there }),
    ).toMatchObject({
      kind: 'copied',
      copyMessageId: null,
    })
    expect(await world.shop.receiveTicketEdit({ ...edit, by: { customerId: anna.id }, supportGroup })).toMatchObject({
      copyMessageId: 900,
    })
  })
})

describe('another bot', () => {
  const next = 78

  test('numbers the customer’s messages anew: none is taken for a repetition or copied from the wrong chat', async () => {
    const first = message('said to the first bot')
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, first)
    const second = { ...first, botId: next, text: 'said to the second' }
    expect((await world.shop.receiveCustomerMessage(anna.id, second)).kind).toBe('appended')
    expect((await world.shop.receiveCustomerMessage(anna.id, second)).kind).toBe('repeated')
    const now = { groupId: group, botId: next }
    const one = await world.shop.claimMessages(ticket.id, 'customer', now)
    expect(one).toMatchObject({ messages: [{ text: 'said to the first bot', sourceChatId: null }], replyToId: null })
    if (one.kind !== 'claimed') throw new Error('not claimed')
    await world.shop.settleMessages([{ id: one.messages[0].id, copyMessageId: null }], { chatId: group, botId: next })
    expect(await world.shop.claimMessages(ticket.id, 'customer', now)).toMatchObject({
      messages: [{ text: 'said to the second', sourceChatId: Number(anna.telegramId) }],
    })
  })
})

describe('a topic stored without its group', () => {
  test('is offered for proof once, with words to compare, and adopted or dropped', async () => {
    const ticket = await openTicket()
    const em = world.fixture.database.em()
    await em.execute('delete from ticket_topics where ticket_id = ?', [ticket.id])
    await em.execute('update ticket_messages set copy_message_id = 12, settled_at = now() where ticket_id = ?', [
      ticket.id,
    ])
    const bare = { ticketId: ticket.id, topicId: ticket.topicId, proof: { messageId: 12, text: 'It does not connect' } }
    expect(await world.shop.findBareTopic({ chatId: group, topicId: ticket.topicId })).toEqual(bare)
    expect(await world.shop.findBareTopic({ ticketId: ticket.id })).toEqual(bare)
    await world.shop.adoptTopic({ ticketId: ticket.id, chatId: group, topicId: ticket.topicId })
    expect(await world.shop.findBareTopic({ ticketId: ticket.id })).toBeNull()
    expect((await answer(ticket.topicId)).kind).toBe('accepted')

    await em.execute('delete from ticket_topics where ticket_id = ?', [ticket.id])
    await world.shop.dropTopic({ ticketId: ticket.id, chatId: group, topicId: ticket.topicId })
    expect(await world.shop.findBareTopic({ ticketId: ticket.id })).toBeNull()
  })

  test('owes its messages still: those of this very bot are copied, others are words only', async () => {
    await world.shop.remember('bot:support', { username: 'help_bot' })
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
    await world.fixture.database
      .em()
      .execute('update ticket_messages set source_id = null, source_chat_id = null, source_bot_id = null')
    const isThere = async () => {
      const claimed = await claim(ticket.id, 'customer')
      if (claimed.kind !== 'claimed') throw new Error('not claimed')
      await world.shop.releaseMessages(claimed.messages.map(({ id }) => id))
      return claimed.messages[0].sourceChatId
    }
    await world.shop.adoptOwedMessages({ id: bot, username: 'another_bot' })
    expect(await isThere()).toBeNull()
    await world.shop.adoptOwedMessages({ id: bot, username: 'help_bot' })
    expect(await isThere()).toBe(Number(anna.telegramId))
  })
})
