import { expect, test } from 'vitest'
import { chat, createBot, openScene } from '../testing/bot-harness.ts'
import type { ReadResult } from './reading.ts'
import type { SeenMessage } from './seen.ts'

test('the whole People API is spoken over HTTP', async () => {
  const scene = await openScene()
  const call = async <T>(verb: string, body: object = {}): Promise<T> => {
    const response = await fetch(`${scene.simulator.apiRoot}/people/${verb}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return (await response.json()) as T
  }
  const bot = createBot(scene)

  const boris = await call<{ id: number }>('create-person', { firstName: 'Boris', languageCode: 'ru' })
  const person = boris.id
  await call('start', { person, bot: chat, payload: 'x' })
  await bot.api.sendMessage(person, 'Menu', {
    reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
  })
  const pressed = await call('press', { person, chat, text: 'Go', waitMs: 0 })
  const photo = await call<SeenMessage>('send-media', { person, chat, kind: 'photo', caption: 'here' })
  const read = await call<ReadResult>('read', { person, chat, since: 0 })

  expect(pressed).toEqual({ kind: 'callback', message: 2, answer: null })
  expect(read.changes.map(({ message }) => message.text)).toEqual(['/start x', 'Menu', 'here'])
  const file = await fetch(scene.simulator.apiRoot + photo.media?.url)
  expect(file.headers.get('content-type')).toBe('image/png')
  const byQuery = await fetch(`${scene.simulator.apiRoot}/people/transcript?person=${person}&chat=${chat}&limit=1`)
  expect(await byQuery.json()).toMatchObject([{ text: 'here', isMine: true }])
})

test.each([
  ['a verb that is not there', 'fly', {}, 404, 'missing'],
  ['a person who is not there', 'list-chats', { person: 1 }, 404, 'missing'],
  ['a field that is not there', 'send-text', { person: 1 }, 400, 'invalid'],
  ['a blocked bot', 'send-text', { chat, text: 'x' }, 409, 'refused'],
])('%s is refused with a reason', async (_name, verb, body, status, kind) => {
  const { simulator, people, anna } = await openScene()
  people.block({ person: anna, bot: chat })

  const response = await fetch(`${simulator.apiRoot}/people/${verb}`, {
    method: 'POST',
    body: JSON.stringify(verb === 'send-text' && !('person' in body) ? { person: anna, ...body } : body),
  })

  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ error: { kind, message: expect.any(String) } })
})
