import { type Customer, dayMs, hourMs, minuteMs } from '@vpn-kiosk/domain'
import type { IncomingMessage } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'

let world: TestShop
let anna: Customer
let lastId = 0
let lastTopic = 500

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterAll(() => world.close())
beforeEach(async () => {
  anna = await world.addCustomer('Anna')
})

const message = (text = 'It does not connect', more: Partial<IncomingMessage> = {}): IncomingMessage => {
  lastId += 1
  return { sourceMessageId: lastId, kind: 'text', text, albumId: null, replyToId: null, ...more }
}

async function openTicket() {
  const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
  const claimed = await world.shop.claimTopic(ticket.id)
  if (claimed.kind !== 'claimed') throw new Error(claimed.kind)
  lastTopic += 1
  await world.shop.attachTopic({ ticketId: ticket.id, claim: claimed.claim, topicId: lastTopic })
  return { ...ticket, topicId: lastTopic }
}

const answer = (topicId: number, more: Partial<IncomingMessage> & { isNote?: boolean } = {}) =>
  world.shop.receiveAgentMessage({ ...message('Restart it'), topicId, agentName: 'Max', isNote: false, ...more })

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
    await world.shop.closeTicket({ ticketId: ticket.id }, 7n)
    expect((await world.shop.receiveCustomerMessage(anna.id, first)).kind).toBe('repeated')
    expect(await stateOf()).toEqual(['closed'])
    expect(await messagesOf(ticket.id)).toBe(1)
  })

  test('takes up a ticket closed within a day, and opens a new one after that', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
    await world.shop.closeTicket({ ticketId: ticket.id }, 7n)
    world.clock.advance(dayMs - 1)
    const reopened = await world.shop.receiveCustomerMessage(anna.id, message())
    expect(reopened).toMatchObject({ kind: 'reopened', ticket: { id: ticket.id, state: 'open' } })
    await world.shop.closeTicket({ ticketId: ticket.id }, 7n)
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
    await world.shop.closeTicket({ topicId: ticket.topicId }, 7n)
    expect(await answer(ticket.topicId)).toMatchObject({ kind: 'accepted', isReopened: true })
    await world.shop.closeTicket({ topicId: ticket.topicId }, 7n)
    world.clock.advance(25 * hourMs)
    const newer = await openTicket()
    expect(await answer(ticket.topicId)).toMatchObject({ kind: 'superseded', open: { number: newer.number } })
    expect(await world.shop.reopenTicket({ ticketId: ticket.id }, 7n)).toMatchObject({ kind: 'superseded' })
  })

  test('as a note is kept and owed to nobody', async () => {
    const ticket = await openTicket()
    expect((await answer(ticket.topicId, { isNote: true })).kind).toBe('noted')
    expect((await world.shop.claimMessages(ticket.id, 'agent')).kind).toBe('nothing')
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
    const claims = await Promise.all([1, 2, 3].map(() => world.shop.claimMessages(ticket.id, 'customer')))
    const taken = claims.filter((claim) => claim.kind === 'claimed')
    expect(taken).toHaveLength(1)
    expect(taken[0]!.messages.map(({ text }) => text)).toEqual(['one'])
    await world.shop.settleMessages([{ id: taken[0]!.messages[0].id, copyMessageId: 71 }])
    expect(await world.shop.claimMessages(ticket.id, 'customer')).toMatchObject({ messages: [{ text: 'two' }] })
  })

  test('is offered again when it was released, or two minutes after its taker died', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
    const first = await world.shop.claimMessages(ticket.id, 'customer')
    if (first.kind !== 'claimed') throw new Error('not claimed')
    await world.shop.releaseMessages([first.messages[0].id])
    expect((await world.shop.claimMessages(ticket.id, 'customer')).kind).toBe('claimed')
    expect((await world.shop.claimMessages(ticket.id, 'customer')).kind).toBe('nothing')
    world.clock.advance(2 * minuteMs + 1)
    expect(await world.shop.listOwingTickets()).toContainEqual({ ticketId: ticket.id, author: 'customer' })
    expect((await world.shop.claimMessages(ticket.id, 'customer')).kind).toBe('claimed')
  })

  test('holds an album together', async () => {
    const album = { kind: 'photo', albumId: 'a1', text: null }
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message('', album))
    await world.shop.receiveCustomerMessage(anna.id, message('', album))
    await world.shop.receiveCustomerMessage(anna.id, message('after'))
    expect(await world.shop.claimMessages(ticket.id, 'customer')).toMatchObject({
      messages: [{ kind: 'photo' }, { kind: 'photo' }],
    })
  })

  test('knows what an answer answers, on either side', async () => {
    const ticket = await openTicket()
    const question = await world.shop.claimMessages(ticket.id, 'customer')
    if (question.kind !== 'claimed') throw new Error('not claimed')
    const { id, sourceMessageId } = question.messages[0]
    await world.shop.settleMessages([{ id, copyMessageId: 8001 }])

    await answer(ticket.topicId, { sourceMessageId: 8002, replyToId: 8001 })
    const reply = await world.shop.claimMessages(ticket.id, 'agent')
    if (reply.kind !== 'claimed') throw new Error('not claimed')
    expect(reply.replyToId).toBe(sourceMessageId)
    await world.shop.settleMessages([{ id: reply.messages[0].id, copyMessageId: 9001 }])

    await world.shop.receiveCustomerMessage(anna.id, message('thanks', { replyToId: 9001 }))
    expect(await world.shop.claimMessages(ticket.id, 'customer')).toMatchObject({ replyToId: 8002 })
  })

  test('an edit waits for a copy on its way, finds the one that arrived, and somebody else’s message of the same number does not', async () => {
    const ticket = await openTicket()
    const claim = await world.shop.claimMessages(ticket.id, 'customer')
    if (claim.kind !== 'claimed') throw new Error('not claimed')
    const { id, sourceMessageId } = claim.messages[0]
    const edit = { by: { customerId: anna.id }, sourceMessageId, text: 'new words' }
    expect((await world.shop.receiveTicketEdit(edit)).kind).toBe('on_its_way')
    await world.shop.settleMessages([{ id, copyMessageId: 8101 }])
    expect(await world.shop.receiveTicketEdit(edit)).toMatchObject({ kind: 'copied', copyMessageId: 8101 })
    const boris = await world.addCustomer('Boris')
    expect((await world.shop.receiveTicketEdit({ ...edit, by: { customerId: boris.id } })).kind).toBe('nothing')
  })
})

describe('a topic', () => {
  test('is made by one at a time and replaced when it is gone', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
    const claims = await Promise.all([1, 2, 3, 4].map(() => world.shop.claimTopic(ticket.id)))
    const mine = claims.filter((claim) => claim.kind === 'claimed')
    expect(mine).toHaveLength(1)
    expect(claims.filter(({ kind }) => kind === 'busy')).toHaveLength(3)
    const of = { ticketId: ticket.id, claim: mine[0]!.claim, topicId: 31 }
    expect(await world.shop.attachTopic(of)).toBe(true)
    expect(await world.shop.claimTopic(ticket.id)).toEqual({ kind: 'attached', topicId: 31 })
    await world.shop.dropTopic({ ticketId: ticket.id, topicId: 30 })
    expect((await world.shop.claimTopic(ticket.id)).kind).toBe('attached')
    await world.shop.dropTopic({ ticketId: ticket.id, topicId: 31 })
    expect((await world.shop.claimTopic(ticket.id)).kind).toBe('claimed')
  })

  test('is refused to a claim that had lapsed', async () => {
    const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message())
    const first = await world.shop.claimTopic(ticket.id)
    world.clock.advance(3 * minuteMs)
    const second = await world.shop.claimTopic(ticket.id)
    if (first.kind !== 'claimed' || second.kind !== 'claimed') throw new Error('not claimed')
    expect(await world.shop.attachTopic({ ticketId: ticket.id, claim: first.claim, topicId: 41 })).toBe(false)
    expect(await world.shop.attachTopic({ ticketId: ticket.id, claim: second.claim, topicId: 42 })).toBe(true)
  })
})

describe('closing', () => {
  test('happens once, with one audit row, however often it is pressed', async () => {
    const ticket = await openTicket()
    const results = await Promise.all([1, 2, 3].map(() => world.shop.closeTicket({ ticketId: ticket.id }, 7n)))
    expect(results.filter(({ kind }) => kind === 'closed')).toHaveLength(1)
    expect(await count('select count(*) as n from audit_log where subject = ?', ticket.id)).toBe(1)
    expect(await world.shop.reopenTicket({ ticketId: ticket.id }, 7n)).toMatchObject({ kind: 'reopened' })
    expect(await world.shop.reopenTicket({ ticketId: ticket.id }, 7n)).toMatchObject({ kind: 'already_open' })
  })
})

test('the card shows what the customer has, paid and asked before', async () => {
  const { paymentId, reference } = await world.openInvoice(anna)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  await openTicket()
  await world.shop.closeTicket({ topicId: lastTopic }, 7n)
  world.clock.advance(2 * dayMs)
  const ticket = await openTicket()
  expect(await world.shop.seeTicketCard({ ticketId: ticket.id })).toMatchObject({
    ticket: { number: ticket.number },
    customer: { id: anna.id, firstName: 'Anna' },
    subscription: { standing: 'active', daysLeft: 28 },
    payments: { count: 1, paid: [{ minor: 29_900n, currency: 'RUB' }], unpaidCount: 0 },
    referral: { invitedBy: null, friends: 0 },
    earlierTickets: 1,
  })
})
