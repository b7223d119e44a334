import type { Bot } from 'grammy'
import type { Update } from 'grammy/types'
import { expect, test } from 'vitest'
import { chat, createBot, openScene, type Scene } from './testing/bot-harness.ts'

interface Forum extends Scene {
  readonly bot: Bot
  readonly group: number
  readonly agent: number
}

async function openForum(rights?: 'can_manage_topics'[]): Promise<Forum> {
  const scene = await openScene()
  const agent = scene.people.createPerson({ firstName: 'Olga' }).id
  const { id: group } = scene.people.createGroup({
    title: 'Support',
    owner: agent,
    bots: [rights ? { bot: '@shop_bot', rights } : { bot: '@shop_bot' }],
  })
  const bot = createBot(scene)
  await bot.api.getUpdates({ offset: -1 })
  await drain(bot)
  return { ...scene, bot, group, agent }
}

async function drain(bot: Bot): Promise<Update[]> {
  const updates = await bot.api.getUpdates()
  if (updates.length > 0) await bot.api.getUpdates({ offset: updates.at(-1)!.update_id + 1 })
  return updates
}

test('an agent answers in a topic, and the bot reads it with the implicit reply', async () => {
  const { bot, group, agent, people } = await openForum()
  const topic = await bot.api.createForumTopic(group, '#17 Anna', { icon_color: 7322096 })
  const [created] = await drain(bot)
  await bot.api.sendMessage(group, 'card', { message_thread_id: topic.message_thread_id })

  people.sendText({ person: agent, chat: group, topic: topic.message_thread_id, text: 'Hello!' })

  expect(created?.message).toMatchObject({
    message_id: topic.message_thread_id,
    from: { id: 100 },
    forum_topic_created: { name: '#17 Anna', icon_color: 7322096 },
  })
  const updates = await drain(bot)
  expect(updates).toHaveLength(1)
  expect(updates[0]?.message).toMatchObject({
    text: 'Hello!',
    message_thread_id: topic.message_thread_id,
    is_topic_message: true,
    chat: { id: group, type: 'supergroup', is_forum: true, title: 'Support' },
    reply_to_message: { message_id: topic.message_thread_id, forum_topic_created: { name: '#17 Anna' } },
  })
})

test('a bot reads the service messages that it caused itself', async () => {
  const { bot, group } = await openForum()
  const { message_thread_id: id } = await bot.api.createForumTopic(group, 'a')
  await bot.api.editForumTopic(group, id, { name: 'b' })
  await bot.api.closeForumTopic(group, id)
  await bot.api.reopenForumTopic(group, id)

  const kinds = (await drain(bot)).map(({ message }) =>
    Object.keys(message ?? {}).find((key) => key.startsWith('forum_')),
  )

  expect(kinds).toEqual(['forum_topic_created', 'forum_topic_edited', 'forum_topic_closed', 'forum_topic_reopened'])
  await expect(bot.api.reopenForumTopic(group, id)).rejects.toThrow('TOPIC_NOT_MODIFIED')
})

test('a topic that an agent deleted is no longer found', async () => {
  const { bot, group, agent, people } = await openForum()
  const { message_thread_id: id } = await bot.api.createForumTopic(group, 'a')
  people.deleteTopic({ person: agent, chat: group, topic: id })

  const send = bot.api.sendMessage(group, 'x', { message_thread_id: id })
  await expect(send).rejects.toMatchObject({ error_code: 400, description: 'Bad Request: message thread not found' })
  await expect(bot.api.closeForumTopic(group, id)).rejects.toThrow('TOPIC_DELETED')
  await expect(bot.api.sendMessage(group, 'x', { message_thread_id: 1 })).rejects.toThrow('message thread not found')
  expect(people.listTopics({ chat: group })).toEqual([])
})

test('a closed topic takes messages only from those who may manage topics', async () => {
  const { bot, group, agent, people } = await openForum()
  const member = people.createPerson({ firstName: 'Boris' }).id
  people.setMember({ chat: group, user: member, status: 'member' })
  const { message_thread_id: id } = await bot.api.createForumTopic(group, 'a')
  people.closeTopic({ person: agent, chat: group, topic: id })

  await bot.api.sendMessage(group, 'still mine', { message_thread_id: id })
  people.setMember({ chat: group, user: '@shop_bot', status: 'administrator', rights: ['can_delete_messages'] })
  await expect(bot.api.sendMessage(group, 'x', { message_thread_id: id })).rejects.toThrow('TOPIC_CLOSED')
  expect(() => people.sendText({ person: member, chat: group, topic: id, text: 'x' })).toThrow('The topic is closed')
})

test('without the right, or the forum, no topic is created', async () => {
  const { bot, group, people } = await openForum(['can_manage_topics'])
  people.setMember({ chat: group, user: 100, status: 'member' })
  await expect(bot.api.createForumTopic(group, 'a')).rejects.toThrow('not enough rights to create a topic')

  people.setMember({ chat: group, user: 100, status: 'administrator' })
  people.setForum({ chat: group, isForum: false })
  await expect(bot.api.createForumTopic(group, 'a')).rejects.toThrow('the chat is not a forum')

  people.setMember({ chat: group, user: 100, status: 'kicked' })
  await expect(bot.api.sendMessage(group, 'x')).rejects.toThrow('Forbidden: bot was kicked from the supergroup chat')
})

test('the bot finds out where it is and who else is there', async () => {
  const { bot, group, agent, anna } = await openForum(['can_manage_topics'])

  expect(await bot.api.getChat(group)).toMatchObject({ id: group, is_forum: true, title: 'Support' })
  expect(await bot.api.getChatMember(group, 100)).toMatchObject({
    status: 'administrator',
    can_manage_topics: true,
    can_delete_messages: false,
  })
  expect(await bot.api.getChatMember(group, agent)).toMatchObject({ status: 'creator' })
  expect(await bot.api.getChatMember(group, anna)).toMatchObject({ status: 'left' })
  expect(await bot.api.getChatAdministrators(group)).toHaveLength(2)
})

test('a plain member in privacy mode reads commands and replies to itself, an administrator everything', async () => {
  const { bot, group, agent, people } = await openForum()
  people.setMember({ chat: group, user: '@shop_bot', status: 'member' })
  await drain(bot)
  const own = await bot.api.sendMessage(group, 'mine')
  people.sendText({ person: agent, chat: group, text: 'private talk' })
  people.sendText({ person: agent, chat: group, text: '/help' })
  people.sendText({ person: agent, chat: group, text: 'yes', replyTo: own.message_id })

  expect((await drain(bot)).map(({ message }) => message?.text)).toEqual(['/help', 'yes'])
  people.setMember({ chat: group, user: '@shop_bot', status: 'administrator' })
  await drain(bot)
  people.sendText({ person: agent, chat: group, text: 'private talk' })
  expect((await drain(bot)).map(({ message }) => message?.text)).toEqual(['private talk'])
})

test('a channel tells an administrator who joins, and nobody else who is in it', async () => {
  const { bot, people, agent, anna } = await openForum()
  const { id } = people.createGroup({ title: 'News', kind: 'channel', username: 'news', owner: agent, bots: [] })
  await expect(bot.api.getChatMember('@news', anna)).rejects.toThrow('member list is inaccessible')

  people.setMember({ chat: id, user: '@shop_bot', status: 'administrator' })
  await bot.api.getUpdates({ allowed_updates: ['chat_member'] })
  people.setMember({ chat: id, user: anna, status: 'member' })

  expect(await bot.api.getChatMember('@news', anna)).toMatchObject({ status: 'member' })
  expect((await drain(bot)).at(-1)?.chat_member).toMatchObject({
    old_chat_member: { status: 'left' },
    new_chat_member: { status: 'member', user: { id: anna } },
  })
})

test('a private channel is there only for bots inside, and a person forwards its posts', async () => {
  const { bot, people, agent } = await openForum()
  const { id } = people.createGroup({ title: 'Members', kind: 'channel', owner: agent, bots: [] })
  await expect(bot.api.getChat(id)).rejects.toThrow('chat not found')
  const post = people.sendText({ person: agent, chat: id, text: 'Only for you' })
  await drain(bot)
  people.start({ person: agent, bot: '@shop_bot' })
  people.forward({ person: agent, from: id, message: post.id, chat: '@shop_bot' })
  expect((await drain(bot)).at(-1)?.message).toMatchObject({
    text: 'Only for you',
    forward_origin: { type: 'channel', chat: { id, title: 'Members' } },
  })
  people.setMember({ chat: id, user: '@shop_bot', status: 'administrator' })
  expect(await bot.api.getChat(id)).toMatchObject({ id, type: 'channel' })
})

test('a channel is the author of its posts, also when they are forwarded', async () => {
  const scene = await openScene()
  const { people, anna } = scene
  const bot = createBot(scene)
  people.start({ person: anna, bot: chat })
  const { id } = people.createGroup({ title: 'News', kind: 'channel', owner: anna, bots: [{ bot: chat }] })

  const post = await bot.api.sendMessage(id, 'Today')
  const forwarded = await bot.api.forwardMessage(anna, id, post.message_id)
  people.sendText({ person: anna, chat: id, text: 'Tomorrow' })
  const updates = await bot.api.getUpdates()

  expect(post.sender_chat).toEqual({ id, type: 'channel', title: 'News' })
  expect(post.from).toBeUndefined()
  expect(forwarded.forward_origin).toMatchObject({ type: 'channel', chat: { title: 'News' }, message_id: 1 })
  expect(people.transcript({ person: anna, chat }).at(-1)).toMatchObject({ forwardedFrom: 'News', text: 'Today' })
  const heard = updates.at(-1)?.channel_post
  expect(heard).toMatchObject({ text: 'Tomorrow', sender_chat: { title: 'News' } })
  expect(heard?.from).toBeUndefined()
})
