import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { openStory, type Story } from './story.ts'

const people = 1000
const blockedEvery = 33
const text = 'Новый сервер в Нидерландах!'
const owner = BigInt(cast.people.owner.id)
const clientBot = `@${cast.bots.client.username}`

let story: Story
const children: ChildProcess[] = []

beforeEach(async () => {
  story = await openStory(inject('postgresUrl'), { bots: [], withJobs: false })
})
afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await story.end()
})

async function gather(): Promise<number[]> {
  const { telegram, app } = story.devnet
  const ids: number[] = []
  for (let index = 0; index < people; index++) {
    const { id } = telegram.people.createPerson({ firstName: `Person ${index}`, languageCode: 'ru' })
    telegram.people.start({ person: id, bot: clientBot })
    await app.shop.recognizeCustomer({ telegramId: BigInt(id), firstName: `Person ${index}` })
    if (index % blockedEvery === 0) telegram.people.block({ person: id, bot: clientBot })
    ids.push(id)
  }
  // What they wrote by starting is not part of this story.
  await fetch(`${telegram.apiRoot}/bot${cast.bots.client.token}/deleteWebhook?drop_pending_updates=true`)
  return ids
}

async function startClientProcess(): Promise<ChildProcess> {
  const main = join(import.meta.dirname, '../../../bots/client/src/main.ts')
  const child = fork(main, {
    env: { ...story.devnet.environment, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  await once(child, 'message')
  return child
}

test('a broadcast to 1,000 people, some of whom blocked the bot, survives two 429s and kill -9: nobody reads it twice', {
  timeout: 180_000,
}, async () => {
  const ids = await gather()
  const { telegram, app } = story.devnet
  for (const retryAfter of [1, 2])
    telegram.people.addFault({ effect: { kind: 'flood', retryAfter }, method: 'sendMessage', count: 1 })

  const created = await app.shop.createBroadcast(owner, text)
  if (created.kind !== 'created') throw new Error(created.kind)
  const started = await app.shop.startBroadcast(owner, created.broadcastId)
  expect(started).toMatchObject({ kind: 'started' })
  const sent = () =>
    telegram.people.listCalls({ method: 'sendMessage', limit: 10_000 }).filter((call) => call.status === 200).length

  const victim = await startClientProcess()
  await expect.poll(sent, { timeout: 60_000 }).toBeGreaterThan(300)
  victim.kill('SIGKILL')
  await once(victim, 'exit')
  await startClientProcess()

  const progress = async () => {
    const seen = await app.shop.getBroadcastCard(owner, created.broadcastId)
    if (seen.kind !== 'seen' || !seen.value) throw new Error(seen.kind)
    return seen.value
  }
  await expect.poll(async () => (await progress()).state, { timeout: 120_000, interval: 500 }).toBe('done')
  const { progress: counts } = await progress()
  const received = ids.map(
    (person) =>
      telegram.people.transcript({ person, chat: clientBot }).filter((message) => message.text === text).length,
  )
  expect(Math.max(...received)).toBe(1)
  const blocked = Math.ceil(people / blockedEvery)
  expect(counts).toMatchObject({ total: people, failed: 0, queued: 0 })
  // Whom Telegram was being asked about when the process died: heard or not, nobody knows, so they are not asked again.
  // A runner asks about fifteen at once; on an idle machine about one.
  expect(counts.unknown).toBeLessThanOrEqual(15)
  expect(counts.sent + counts.unreachable + counts.unknown).toBe(people)
  expect(counts.unreachable).toBeLessThanOrEqual(blocked)
  expect(counts.unreachable + counts.unknown).toBeGreaterThanOrEqual(blocked)
  expect(received.filter((count) => count === 1).length).toBeGreaterThanOrEqual(counts.sent)
})
