import type { IncomingMessage } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'

const group = -100_1
const bot = 77
const supportGroup = { groupId: group, botId: bot }
const max = 7n
let world: TestShop
let lastId = 0
let topicId = 500
let ticketId: `tkt_${string}`
let annaChat: number

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.shop.addStaff('operator', { telegramId: max, name: 'Max', role: 'support' })
})
afterAll(() => world.close())
beforeEach(async () => {
  const anna = await world.addCustomer('Anna')
  annaChat = Number(anna.telegramId)
  const { ticket } = await world.shop.receiveCustomerMessage(anna.id, message('Help', annaChat))
  const claimed = await world.shop.claimTopic(ticket.id, group)
  if (claimed.kind !== 'claimed') throw new Error(claimed.kind)
  topicId += 1
  await world.shop.attachTopic({ ticketId: ticket.id, claim: claimed.claim, chatId: group, topicId })
  ticketId = ticket.id
})

function message(text: string | null, chatId = group, more: Partial<IncomingMessage> = {}): IncomingMessage {
  lastId += 1
  const base = { chatId, botId: bot, sourceMessageId: lastId, kind: 'text', text, albumId: null, replyToId: null }
  return { ...base, ...more }
}

const write = (said: IncomingMessage, isNote = false) =>
  world.shop.receiveAgentMessage(max, { ...said, topicId, agentName: 'Max', isNote })
const edit = (said: IncomingMessage, text: string, isNote: boolean) =>
  world.shop.receiveTicketEdit({ ...said, text, by: { actor: max, chatId: group, topicId, isNote }, supportGroup })
const claim = () => world.shop.claimMessages(ticketId, 'agent', supportGroup)
const deliver = async (copyMessageId: number) => {
  const claimed = await claim()
  if (claimed.kind !== 'claimed') throw new Error(claimed.kind)
  await world.shop.settleMessages([{ id: claimed.messages[0].id, copyMessageId }], { chatId: annaChat, botId: bot })
}

describe('an answer that its agent turns into a note', () => {
  test('is taken back from the customer once, and tells where its copy stands', async () => {
    const said = message('Restart it')
    await write(said)
    await deliver(9001)
    const first = await edit(said, '// Restart it', true)
    expect(first).toMatchObject({ kind: 'taken_back', copyMessageId: 9001, customer: { telegramId: BigInt(annaChat) } })
    if (first.kind !== 'taken_back') return
    await world.shop.replaceCopy({ id: first.id, copyMessageId: null }, { chatId: annaChat, botId: bot })
    expect(await edit(said, '// Restart', true)).toEqual({ kind: 'nothing' })
  })

  test('before it was carried never leaves the group', async () => {
    const said = message('Restart it')
    await write(said)
    expect(await edit(said, '// Restart it', true)).toEqual({ kind: 'noted' })
    expect(await claim()).toEqual({ kind: 'nothing' })
  })

  test('while it is on its way is taken back when it has arrived', async () => {
    const said = message('Restart it')
    await write(said)
    const claimed = await claim()
    if (claimed.kind !== 'claimed') throw new Error(claimed.kind)
    expect(await edit(said, '// Restart it', true)).toMatchObject({ kind: 'on_its_way' })
    const place = { chatId: annaChat, botId: bot }
    await world.shop.settleMessages([{ id: claimed.messages[0].id, copyMessageId: 9002 }], place)
    expect(await edit(said, '// Restart it', true)).toMatchObject({ kind: 'taken_back', copyMessageId: 9002 })
  })
})

test('a note that its agent turns into an answer is owed to the customer', async () => {
  const said = message('// Restart it')
  await write(said, true)
  expect(await edit(said, 'Restart it', false)).toMatchObject({ kind: 'accepted', ticket: { state: 'waiting' } })
  expect(await claim()).toMatchObject({ kind: 'claimed', messages: [{ text: 'Restart it' }] })
})

test.each([['first'], ['last']])(
  'an album whose %s picture says that it is a note stays inside whole',
  async (which) => {
    const pictures = [1, 2, 3].map((one) => {
      const isNote = one === (which === 'first' ? 1 : 3)
      return { said: message(isNote ? '// look' : null, group, { kind: 'photo', albumId: `album ${which}` }), isNote }
    })
    for (const { said, isNote } of pictures) await write(said, isNote)
    expect(await claim()).toEqual({ kind: 'nothing' })
  },
)
