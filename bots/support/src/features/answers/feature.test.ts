import type { Message } from 'grammy/types'
import { describe, expect, test, vi } from 'vitest'
import { groupId, inTopic, supportHarness, ticket, ticketCustomer, topicId } from '../../testing/support-harness.ts'

const listening = () => {
  const receiveAgentMessage = vi.fn(async () => ({ kind: 'unknown_topic' }) as const)
  const closeTicket = vi.fn(async () => ({ kind: 'unknown' }) as const)
  return { receiveAgentMessage, closeTicket, bot: supportHarness({ receiveAgentMessage, closeTicket }) }
}

const replyTo = (id: number) => ({ reply_to_message: { message_id: id } }) as Partial<Message>

describe('an agent', () => {
  test('answers in a topic; the topic’s first message is no reply, another one is', async () => {
    const { bot, receiveAgentMessage } = listening()
    await bot.text('hello', { ...inTopic, message: replyTo(topicId) })
    expect(receiveAgentMessage).toHaveBeenLastCalledWith(
      5551n,
      expect.objectContaining({ chatId: groupId, topicId, text: 'hello', replyToId: null, isNote: false }),
    )
    await bot.text('hello', { ...inTopic, message: replyTo(77) })
    expect(receiveAgentMessage).toHaveBeenLastCalledWith(5551n, expect.objectContaining({ replyToId: 77 }))
  })

  test.each([
    ['// rude', true],
    ['/note call him', true],
    ['/note@kiosk_bot call him', true],
    ['/Note call him', true],
    [' /notes he lies', true],
    ['/ note he lies', true],
    ['/clsoe', true],
    ['/close@another_bot', true],
    ['see https://vpn.test', false],
    ['press /start, please', false],
  ])('writing %j keeps it inside: %j', async (text, isNote) => {
    const { bot, receiveAgentMessage } = listening()
    await bot.text(text, inTopic)
    expect(receiveAgentMessage).toHaveBeenCalledWith(5551n, expect.objectContaining({ text, isNote }))
  })

  test.each([
    ['/clsoe', 1],
    ['/notes he lies', 1],
    ['/Note he lies', 0],
    ['// he lies', 0],
  ])('who writes %j hears that it stayed inside, %i time(s)', async (text, times) => {
    const bot = supportHarness({ receiveAgentMessage: async () => ({ kind: 'noted', ticket }) })
    await bot.text(text, { ...inTopic, message: { message_id: 71 } })
    expect(bot.callsOf('setMessageReaction')).toHaveLength(1)
    expect(bot.callsOf('sendMessage')).toHaveLength(times)
    if (times > 0) expect(bot.lastScreen(inTopic).text).toContain('Осталось здесь')
  })

  test.each([
    ['the group', { id: groupId, type: 'supergroup' as const, title: 'Group' }, 'от имени группы'],
    ['a channel', { id: -100_777, type: 'channel' as const, title: 'News' }, 'от имени канала'],
  ])('who writes in the name of %s hears under the message why it did not arrive', async (_name, chat, words) => {
    const receiveAgentMessage = vi.fn(async () => ({ kind: 'forbidden' }) as const)
    const bot = supportHarness({ receiveAgentMessage })
    const from = { id: 1_087_968_824, is_bot: true, first_name: 'Group' }
    await bot.text('anonymous', { ...inTopic, message: { message_id: 71, from, sender_chat: chat } })
    expect(bot.lastScreen(inTopic)).toMatchObject({ text: expect.stringContaining(words), buttons: [] })
    expect(bot.callsOf('sendMessage')[0]).toMatchObject({ reply_parameters: { message_id: 71 } })
    await bot.text('again', { ...inTopic, message: { from, sender_chat: chat } })
    expect(bot.callsOf('sendMessage')).toHaveLength(1)
    await bot.text('a post of the linked channel', {
      ...inTopic,
      message: { from, sender_chat: chat, is_automatic_forward: true },
    })
    await bot.text('a bot', { ...inTopic, message: { from } })
    expect(receiveAgentMessage).toHaveBeenCalledTimes(2)
  })

  test('without a role hears so once an hour in each topic, and the owner makes them an agent with one tap', async () => {
    const staff = new Set([9n])
    const askForRole = vi.fn(async () => {})
    const bot = supportHarness({
      receiveAgentMessage: async (actor) =>
        typeof actor === 'bigint' && staff.has(actor)
          ? { kind: 'accepted', ticket, customer: ticketCustomer, isReopened: false }
          : { kind: 'forbidden' },
      askForRole,
      findRole: async (id) => (staff.has(id) ? 'support' : null),
      addStaff: async (actor, { telegramId }) => {
        if (actor !== 9n) return { kind: 'forbidden' }
        staff.add(telegramId)
        return { kind: 'added' }
      },
    })
    await bot.text('let me help', inTopic)
    await bot.text('and again', inTopic)
    expect(bot.lastScreen(inTopic).text).toContain('Anna пока не агент')
    expect(bot.callsOf('sendMessage')).toHaveLength(1)
    expect(askForRole).toHaveBeenCalledExactlyOnceWith({ telegramId: 5551n, name: 'Anna' })
    await bot.tap('Сделать агентом', inTopic)
    expect(bot.lastAnswer()).toContain('только владелец')
    expect(staff.has(5551n)).toBe(false)
    await bot.person({ id: 9, name: 'Olga' }).tap('Сделать агентом', inTopic)
    expect(staff.has(5551n)).toBe(true)
    expect(bot.lastScreen(inTopic).text).toContain('теперь агент')
  })
})

test.each([
  ['General', { chatId: groupId }],
  ['a chain of replies in General', { chatId: groupId, message: { message_thread_id: topicId } }],
  ['another group', { chatId: -1_009_999, threadId: topicId }],
])('what is written in %s stays there', async (_where, where) => {
  const { bot, receiveAgentMessage } = listening()
  await bot.text('hello', where)
  expect(receiveAgentMessage).not.toHaveBeenCalled()
  expect(bot.calls).toEqual([])
})

test.each(['/card', '/close', '/note he lies'])('%s in General is told where it works', async (command) => {
  const { bot, closeTicket, receiveAgentMessage } = listening()
  const [name = '', ...rest] = command.slice(1).split(' ')
  await bot.command(name, rest.join(' ') || undefined, { chatId: groupId })
  expect(bot.lastScreen({ chatId: groupId }).text).toContain('действует в теме')
  expect([...closeTicket.mock.calls, ...receiveAgentMessage.mock.calls]).toEqual([])
})

test('the bot does not obey the news of its own deeds', async () => {
  const { bot, closeTicket } = listening()
  const news = (from: object) => ({
    message: {
      message_id: 5,
      date: 1,
      chat: { id: groupId, type: 'supergroup', title: 'Group', is_forum: true },
      from,
      message_thread_id: topicId,
      is_topic_message: true,
      forum_topic_closed: {},
    } as never,
  })
  await bot.feed(news(bot.bot.botInfo))
  expect(closeTicket).not.toHaveBeenCalled()
  await bot.feed(news({ id: 7, is_bot: false, first_name: 'Max' }))
  expect(closeTicket).toHaveBeenCalledWith({ chatId: groupId, topicId }, 7n)
})

test('an answer into a ticket that has a successor points there', async () => {
  const open = { ...ticket, number: 18 }
  const bot = supportHarness({
    receiveAgentMessage: async () => ({ kind: 'superseded', ticket, open }),
    findTopic: async () => 44,
  })
  await bot.text('hello', inTopic)
  expect(bot.lastScreen(inTopic).text).toContain('№ 18')
  expect(bot.lastScreen(inTopic).buttons).toMatchObject([{ url: 'https://t.me/c/1234/44' }])
})

describe('an agent who edits', () => {
  const taken = { kind: 'taken_back', id: 'msg_1', ticket, copyMessageId: 9001, customer: ticketCustomer } as const
  const edit = (bot: ReturnType<typeof supportHarness>, text: string) =>
    bot.feed({
      edited_message: {
        message_id: 71,
        date: 1,
        edit_date: 2,
        chat: { id: groupId, type: 'supergroup', title: 'Group', is_forum: true },
        from: bot.user,
        message_thread_id: topicId,
        is_topic_message: true,
        text,
      },
    })

  test('an answer into a note has it deleted at the customer, and hears so', async () => {
    const receiveTicketEdit = vi.fn(async () => taken)
    const replaceCopy = vi.fn(async () => {})
    const bot = supportHarness({ receiveTicketEdit, replaceCopy })
    await edit(bot, '// rude')
    expect(receiveTicketEdit).toHaveBeenCalledWith(
      expect.objectContaining({ by: { actor: 5551n, chatId: groupId, topicId, isNote: true } }),
    )
    expect(bot.callsOf('deleteMessage')).toEqual([{ chat_id: 5551, message_id: 9001 }])
    expect(bot.callsOf('editMessageText')).toEqual([])
    expect(replaceCopy).toHaveBeenCalledWith({ id: 'msg_1', copyMessageId: null }, expect.anything())
    expect(bot.lastScreen(inTopic).text).toContain('у клиента сообщение удалено')
  })

  test('an answer whose copy cannot be deleted hears that the customer still has it', async () => {
    const bot = supportHarness({ receiveTicketEdit: async () => ({ ...taken, copyMessageId: null }) })
    await edit(bot, '// rude')
    expect(bot.lastScreen(inTopic).text).toContain('осталось прежнее сообщение')
  })

  test('a note into an answer takes its sign away', async () => {
    const accepted = { kind: 'accepted', ticket, customer: ticketCustomer, isReopened: false } as const
    const bot = supportHarness({ receiveTicketEdit: async () => accepted })
    await edit(bot, 'hello')
    expect(bot.callsOf('setMessageReaction')).toMatchObject([{ reaction: [] }])
  })
})
