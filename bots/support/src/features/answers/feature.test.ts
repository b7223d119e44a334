import type { Message } from 'grammy/types'
import { describe, expect, test, vi } from 'vitest'
import { groupId, inTopic, supportHarness, ticket, topicId } from '../../testing/support-harness.ts'

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
      expect.objectContaining({ topicId, text: 'hello', replyToId: null, isNote: false }),
    )
    await bot.text('hello', { ...inTopic, message: replyTo(77) })
    expect(receiveAgentMessage).toHaveBeenLastCalledWith(expect.objectContaining({ replyToId: 77 }))
  })

  test.each([
    ['// rude', true],
    ['/note call him', true],
    ['/note@kiosk_bot call him', true],
    ['see https://vpn.test', false],
    ['/notes are here', false],
    ['/start again, please', false],
  ])('writing %j keeps it inside: %j', async (text, isNote) => {
    const { bot, receiveAgentMessage } = listening()
    await bot.text(text, inTopic)
    expect(receiveAgentMessage).toHaveBeenCalledWith(expect.objectContaining({ text, isNote }))
  })

  test('who writes in the name of the group is an agent too, another bot is not', async () => {
    const { bot, receiveAgentMessage } = listening()
    const from = { id: 1_087_968_824, is_bot: true, first_name: 'Group' }
    const group = { id: groupId, type: 'supergroup' as const, title: 'Group' }
    await bot.text('anonymous', { ...inTopic, message: { from, sender_chat: group } })
    expect(receiveAgentMessage).toHaveBeenCalledTimes(1)
    await bot.text('a bot', { ...inTopic, message: { from } })
    expect(receiveAgentMessage).toHaveBeenCalledTimes(1)
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
  expect(closeTicket).toHaveBeenCalledWith({ topicId }, 7n)
})

test('an answer into a ticket that has a successor points there', async () => {
  const open = { ...ticket, number: 18, topicId: 44 }
  const bot = supportHarness({ receiveAgentMessage: async () => ({ kind: 'superseded', ticket, open }) })
  await bot.text('hello', inTopic)
  expect(bot.lastScreen(inTopic).text).toContain('#18')
  expect(bot.lastScreen(inTopic).buttons).toMatchObject([{ url: 'https://t.me/c/1234/44' }])
})
