import { type Customer, dayMs, hourMs, type Id, minuteMs, type TicketId } from '@vpn-kiosk/domain'
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

const count = async (sql: string, ...parameters: unknown[]) =>
  Number((await world.fixture.database.em().execute<{ n: string }[]>(sql, parameters))[0]?.n)
const messagesOf = (ticketId: string) =>
  count('select count(*) as n from ticket_messages where ticket_id = ?', ticketId)
const stateOf = async () => (await world.shop.listCustomerTickets(anna.id)).map(({ state }) => state)

describe('a message of a customer', () => {
  test('ten first messages at once open one ticket and note one activity', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, () => world.shop.receiveCustomerMessage(anna.id, message())),
    )
    expect(results.filter(({ kind }) => kind === 'opened')).toHaveLength(1)
    expect(new Set(results.map(({ ticket }) => ticket.id)).size).toBe(1)
    expect(await messagesOf(results[0]!.ticket.id)).toBe(10)
    expect(await count(`select count(*) as n from activities where customer_id = ? and kind = 'ticket'`, anna.id)).toBe(
      1,
    )
  })

  test('is stored once however often Telegram repeats it, also after the ticket was closed', async () => {
    const first = message()
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, first)
    const again = await Promise.all([1, 2, 3].map(() => world.shop.receiveCustomerMessage(anna.id, first)))
    expect(again.map(({ kind }) => kind)).toEqual(['repeated', 'repeated', 'repeated'])
    await world.shop.closeTicket({ ticketId: ticket.id }, max)
    expect((await world.shop.receiveCustomerMessage(anna.id, first)).kind).toBe('repeated')
    expect(await stateOf()).toEqual(['closed'])
    expect(await messagesOf(ticket.id)).toBe(1)
  })

  test('takes up a ticket closed within a day, and opens a new one after that', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
    await world.shop.closeTicket({ ticketId: ticket.id }, max)
    world.clock.advance(dayMs - 1)
    const reopened = await world.shop.receiveCustomerMessage(anna.id, message())
    expect(reopened).toMatchObject({ kind: 'reopened', ticket: { id: ticket.id, state: 'open' } })
    await world.shop.closeTicket({ ticketId: ticket.id }, max)
    world.clock.advance(dayMs)
    const opened = await world.shop.receiveCustomerMessage(anna.id, message())
    expect(opened.kind).toBe('opened')
    expect(opened.ticket.number).toBeGreaterThan(ticket.number)
    expect(await stateOf()).toEqual(['open', 'closed'])
  })

  test('is bounded, and so is the subject, without breaking an emoji', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message(`x${'😀'.repeat(5000)}`))
    const [row] = await world.fixture.database
      .em()
      .execute<{ text: string; subject: string }[]>(
        'select m.text, t.subject from ticket_messages m join tickets t on t.id = m.ticket_id where t.id = ?',
        [ticket.id],
      )
    expect(row!.text.length).toBe(4095)
    expect(row!.text.isWellFormed() && row!.subject.isWellFormed()).toBe(true)
  })
})

describe('a message of an agent', () => {
  test('hands the ball to the customer, whose next word takes it back', async () => {
    const ticket = await openTicket()
    expect(await answer(ticket.topicId)).toMatchObject({
      kind: 'accepted',
      isReopened: false,
      ticket: { id: ticket.id, state: 'waiting' },
      customer: { telegramId: anna.telegramId },
    })
    await world.shop.receiveCustomerMessage(anna.id, message())
    expect(await stateOf()).toEqual(['open'])
  })

  test('reopens a closed ticket, unless the customer has a newer one open', async () => {
    const ticket = await openTicket()
    await world.shop.closeTicket({ chatId: group, topicId: ticket.topicId }, max)
    expect(await answer(ticket.topicId)).toMatchObject({ kind: 'accepted', isReopened: true })
    await world.shop.closeTicket({ chatId: group, topicId: ticket.topicId }, max)
    world.clock.advance(25 * hourMs)
    const newer = await openTicket()
    expect(await answer(ticket.topicId)).toMatchObject({ kind: 'superseded', open: { number: newer.number } })
    expect(await world.shop.reopenTicket({ ticketId: ticket.id }, max)).toMatchObject({ kind: 'superseded' })
  })

  test('as a note is kept and owed to nobody', async () => {
    const ticket = await openTicket()
    expect((await answer(ticket.topicId, { isNote: true })).kind).toBe('noted')
    expect((await claim(ticket.id, 'agent')).kind).toBe('nothing')
    expect(await stateOf()).toEqual(['open'])
  })

  test('in a foreign topic is nobody’s business, and a repeated one changes nothing', async () => {
    expect((await answer(999_999)).kind).toBe('unknown_topic')
    const ticket = await openTicket()
    const same = { sourceMessageId: 4242 }
    expect((await answer(ticket.topicId, same)).kind).toBe('accepted')
    expect((await answer(ticket.topicId, same)).kind).toBe('repeated')
  })
})

describe('what a ticket owes', () => {
  test('is taken by one at a time, oldest first, until it is settled', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message('one'))
    await world.shop.receiveCustomerMessage(anna.id, message('two'))
    const claims = await Promise.all([1, 2, 3].map(() => claim(ticket.id, 'customer')))
    const taken = claims.filter((claim) => claim.kind === 'claimed')
    expect(taken).toHaveLength(1)
    expect(taken[0]!.messages.map(({ text }) => text)).toEqual(['one'])
    await settle(taken[0]!.messages[0].id, 71)
    expect(await claim(ticket.id, 'customer')).toMatchObject({ messages: [{ text: 'two' }] })
  })

  test('is offered again when it was released, or two minutes after its taker died', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
    const first = await claim(ticket.id, 'customer')
    if (first.kind !== 'claimed') throw new Error('not claimed')
    await world.shop.releaseMessages([first.messages[0].id])
    expect((await claim(ticket.id, 'customer')).kind).toBe('claimed')
    expect((await claim(ticket.id, 'customer')).kind).toBe('nothing')
    world.clock.advance(2 * minuteMs + 1)
    expect(await world.shop.listOwingTickets()).toContainEqual({
      ticketId: ticket.id,
      author: 'customer',
      hasAlbum: false,
    })
    expect((await claim(ticket.id, 'customer')).kind).toBe('claimed')
  })

  test('holds an album together', async () => {
    const album = { kind: 'photo', albumId: 'a1', text: null }
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message('', album))
    await world.shop.receiveCustomerMessage(anna.id, message('', album))
    await world.shop.receiveCustomerMessage(anna.id, message('after'))
    expect(await claim(ticket.id, 'customer')).toMatchObject({
      messages: [{ kind: 'photo' }, { kind: 'photo' }],
    })
  })

  test('knows what an answer answers, on either side', async () => {
    const ticket = await openTicket()
    const question = await claim(ticket.id, 'customer')
    if (question.kind !== 'claimed') throw new Error('not claimed')
    const { id, sourceMessageId } = question.messages[0]
    await settle(id, 8001)

    await answer(ticket.topicId, { sourceMessageId: 8002, replyToId: 8001 })
    const reply = await claim(ticket.id, 'agent')
    if (reply.kind !== 'claimed') throw new Error('not claimed')
    expect(reply.replyToId).toBe(sourceMessageId)
    await settle(reply.messages[0].id, 9001, Number(anna.telegramId))

    await world.shop.receiveCustomerMessage(anna.id, message('thanks', { replyToId: 9001 }))
    expect(await claim(ticket.id, 'customer')).toMatchObject({ replyToId: 8002 })
  })

  test('an edit waits for a copy on its way, finds the one that arrived, and somebody else’s message of the same number does not', async () => {
    const ticket = await openTicket()
    const claimed = await claim(ticket.id, 'customer')
    if (claimed.kind !== 'claimed') throw new Error('not claimed')
    const { id, sourceMessageId } = claimed.messages[0]
    const edit = { ...message('new words', { sourceMessageId }), by: { customerId: anna.id }, supportGroup }
    expect((await world.shop.receiveTicketEdit(edit)).kind).toBe('on_its_way')
    await settle(id, 8101)
    expect(await world.shop.receiveTicketEdit(edit)).toMatchObject({ kind: 'copied', copyMessageId: 8101 })
    const boris = await world.addCustomer('Boris')
    expect((await world.shop.receiveTicketEdit({ ...edit, by: { customerId: boris.id } })).kind).toBe('unknown_message')
  })
})

describe('a topic', () => {
  test('is made by one at a time and replaced when it is gone', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
    const claims = await Promise.all([1, 2, 3, 4].map(() => world.shop.claimTopic(ticket.id, group)))
    const mine = claims.filter((claim) => claim.kind === 'claimed')
    expect(mine).toHaveLength(1)
    expect(claims.filter(({ kind }) => kind === 'busy')).toHaveLength(3)
    const of = { ticketId: ticket.id, claim: mine[0]!.claim, chatId: group, topicId: 31 }
    expect(await world.shop.attachTopic(of)).toBe(true)
    expect(await world.shop.claimTopic(ticket.id, group)).toEqual({ kind: 'attached', topicId: 31 })
    await world.shop.dropTopic({ ticketId: ticket.id, chatId: group, topicId: 30 })
    expect((await world.shop.claimTopic(ticket.id, group)).kind).toBe('attached')
    await world.shop.dropTopic({ ticketId: ticket.id, chatId: group, topicId: 31 })
    expect((await world.shop.claimTopic(ticket.id, group)).kind).toBe('claimed')
  })

  test('is refused to a claim that had lapsed', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
    const first = await world.shop.claimTopic(ticket.id, group)
    world.clock.advance(3 * minuteMs)
    const second = await world.shop.claimTopic(ticket.id, group)
    if (first.kind !== 'claimed' || second.kind !== 'claimed') throw new Error('not claimed')
    const of = { ticketId: ticket.id, chatId: group }
    expect(await world.shop.attachTopic({ ...of, claim: first.claim, topicId: 41 })).toBe(false)
    expect(await world.shop.attachTopic({ ...of, claim: second.claim, topicId: 42 })).toBe(true)
  })
})

describe('a role', () => {
  const stranger = 404n

  test('is asked for at each action: a stranger’s words are not even stored', async () => {
    const ticket = await openTicket()
    const topic = { chatId: group, topicId: ticket.topicId }
    for (const isNote of [false, true])
      expect(await answer(ticket.topicId, { actor: stranger, isNote })).toEqual({ kind: 'forbidden' })
    expect(await world.shop.closeTicket(topic, stranger)).toEqual({ kind: 'forbidden' })
    expect(await world.shop.reopenTicket(topic, stranger)).toEqual({ kind: 'forbidden' })
    expect(await world.shop.getTicketCard(topic, stranger)).toEqual({ kind: 'forbidden' })
    expect(await messagesOf(ticket.id)).toBe(1)
    expect(await stateOf()).toEqual(['open'])
  })

  test('that was taken away stops working with the next word, and with the next edit', async () => {
    const staff = await world.shop.listStaff('operator')
    const ticket = await openTicket()
    await world.shop.addStaff('operator', { telegramId: 8n, name: 'Ida', role: 'support' })
    const said = message('wait', { chatId: group })
    expect((await answer(ticket.topicId, { ...said, actor: 8n })).kind).toBe('accepted')
    const known = new Set(staff.kind === 'seen' ? staff.value.map(({ id }) => id) : [])
    const now = await world.shop.listStaff('operator')
    const ida = now.kind === 'seen' ? now.value.find(({ id }) => !known.has(id)) : undefined
    await world.shop.removeStaff('operator', ida!.id)
    expect((await answer(ticket.topicId, { actor: 8n })).kind).toBe('forbidden')
    const by = { actor: 8n, chatId: group, topicId: ticket.topicId, isNote: false }
    expect(await world.shop.receiveTicketEdit({ ...said, by, supportGroup })).toEqual({ kind: 'forbidden' })
  })
})

describe('closing', () => {
  test('happens once, with one audit row, however often it is pressed', async () => {
    const ticket = await openTicket()
    const results = await Promise.all([1, 2, 3].map(() => world.shop.closeTicket({ ticketId: ticket.id }, max)))
    expect(results.filter(({ kind }) => kind === 'closed')).toHaveLength(1)
    expect(await count('select count(*) as n from audit_log where subject = ?', ticket.id)).toBe(1)
    expect(await world.shop.reopenTicket({ ticketId: ticket.id }, max)).toMatchObject({ kind: 'reopened' })
    expect(await world.shop.reopenTicket({ ticketId: ticket.id }, max)).toMatchObject({ kind: 'already_open' })
  })
})

test('the card shows what the customer has, paid and asked before', async () => {
  const { paymentId, reference } = await world.openInvoice(anna)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await openTicket()
  await world.shop.closeTicket({ chatId: group, topicId: lastTopic }, max)
  world.clock.advance(2 * dayMs)
  const ticket = await openTicket()
  expect(await world.shop.getTicketCard({ ticketId: ticket.id }, max)).toMatchObject({
    kind: 'seen',
    value: {
      ticket: { number: ticket.number },
      customer: { id: anna.id, firstName: 'Anna' },
      subscription: { standing: 'active', daysLeft: 28 },
      payments: { count: 1, paid: [{ minor: 29_900n, currency: 'RUB' }], unpaidCount: 0, undecidedCount: 0 },
      referral: { invitedBy: null, friends: 0 },
      earlierTickets: 1,
    },
  })
})
