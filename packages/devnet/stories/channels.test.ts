import { isAccountId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { openStory, type Story } from './story.ts'

let story: Story

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: ['client', 'admin'] })
})
afterEach(() => story.end())

const openAccounts = () =>
  story.devnet.panel.accounts().filter(({ email, enabled }) => isAccountId(email) && enabled).length

test('a channel is required, joined for the trial, left and joined again; whoever pays needs it no more', async () => {
  const { people } = story.devnet.telegram
  const owner = story.owner()
  const channel = people.createGroup({ title: 'Новости лисы', kind: 'channel', owner: owner.id, bots: [] })
  const post = people.sendText({ person: owner.id, chat: channel.id, text: 'Открылись' })
  const forward = () =>
    people.forward({ person: owner.id, from: channel.id, message: post.id, chat: `@${cast.bots.admin.username}` })
  owner.start()
  owner.say('/settings')
  await owner.tap('Обязательные каналы')
  await owner.tap('Добавить канал')
  await owner.sees(`@${cast.bots.client.username} администратором`)
  forward()
  await owner.sees('Бот не видит такого канала')
  people.setMember({ chat: channel.id, user: `@${cast.bots.client.username}`, status: 'administrator' })
  forward()
  await owner.sees('Добавили')
  await owner.tap('Чтобы пробный период работал')

  const anna = story.customer()
  anna.start()
  await anna.tap('Попробовать бесплатно')
  await anna.sees('подпишитесь на канал')
  await anna.tap('Я подписался')
  people.setMember({ chat: channel.id, user: anna.id, status: 'member' })
  await anna.tap('Я подписался')
  await anna.sees('Пробный период начался')
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(1)

  people.setMember({ chat: channel.id, user: anna.id, status: 'left' })
  await anna.sees('Пробный период на паузе')
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(0)
  people.setMember({ chat: channel.id, user: anna.id, status: 'member' })
  await anna.sees('Пробный период снова работает')
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(1)

  people.setMember({ chat: channel.id, user: anna.id, status: 'left' })
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(0)
  anna.say('/buy')
  await anna.tap('1 месяц')
  await anna.tap('Тестовая')
  await anna.sees('Оплатить')
  await story.devnet.testPay.pay(story.devnet.testPay.listInvoices().at(-1)!.reference)
  await expect.poll(openAccounts, { timeout: 10_000 }).toBe(1)
  people.setMember({ chat: channel.id, user: anna.id, status: 'kicked' })
  anna.say('/key')
  await anna.sees('Ваш ключ')
  expect(openAccounts()).toBe(1)
})
