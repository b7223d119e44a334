import { createServer } from 'node:http'
import { HttpError, webhookCallback } from 'grammy'
import { expect, onTestFinished, test } from 'vitest'
import { chat, createBot, nextAnswer, openScene, startPolling, until } from './testing/bot-harness.ts'

test('what was fetched but not confirmed is delivered again after a restart', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  for (const text of ['one', 'two', 'three']) scene.people.sendText({ person: scene.anna, chat, text })

  const first = await bot.api.getUpdates({ limit: 2 })
  const again = await bot.api.getUpdates({ offset: first[0]!.update_id + 1 })

  expect(first.map((update) => update.message?.text)).toEqual(['one', 'two'])
  expect(again.map((update) => update.message?.text)).toEqual(['two', 'three'])
  expect(await bot.api.getUpdates({ offset: -1 })).toHaveLength(1)
})

test('a poll waits for its time-out and ends early when something comes', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  const startedMs = performance.now()
  const polling = bot.api.getUpdates({ timeout: 20 })
  setTimeout(() => scene.people.sendText({ person: scene.anna, chat, text: 'now' }), 50)

  expect(await polling).toHaveLength(1)
  expect(performance.now() - startedMs).toBeLessThan(5_000)
})

test('a second poller ends the first one with a conflict', async () => {
  const scene = await openScene()
  const { ended } = await startPolling(createBot(scene))
  await until(() => scene.simulator.calls.count('deleteWebhook') > 0)
  const failed = expect(ended).rejects.toMatchObject({
    error_code: 409,
    description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  })
  const second = createBot(scene)
  const keepPolling = setInterval(() => void second.api.getUpdates({ timeout: 1 }).catch(() => undefined), 50)
  onTestFinished(() => clearInterval(keepPolling))

  await failed
})

test('updates that a bot did not ask for are never queued', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  await bot.api.getUpdates({ allowed_updates: ['callback_query'] })
  scene.people.sendText({ person: scene.anna, chat, text: 'unheard' })
  await bot.api.getUpdates({ allowed_updates: [] })
  scene.people.sendText({ person: scene.anna, chat, text: 'heard' })

  const updates = await bot.api.getUpdates()

  expect(updates.map((update) => update.message?.text)).toEqual(['heard'])
})

test('an update is forgotten after a day, a callback query after 150 seconds', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  scene.people.start({ person: scene.anna, bot: chat })
  await bot.api.sendMessage(scene.anna, 'x', {
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] },
  })
  await scene.people.press({ person: scene.anna, chat, data: 'b', waitMs: 0 })

  scene.clock.advance(151_000)
  expect((await bot.api.getUpdates()).map((update) => Object.keys(update)[1])).toEqual(['message'])
  scene.clock.advance(24 * 3_600_000)
  expect(await bot.api.getUpdates()).toEqual([])
})

test('a webhook gets its secret, retries and the order of each chat', async () => {
  const scene = await openScene({ webhookRetryMs: 10 })
  const bot = createBot(scene)
  const texts: string[] = []
  let failures = 2
  bot.on('message:text', (ctx) => {
    if (failures-- > 0) throw new Error('not yet')
    texts.push(ctx.msg.text)
  })
  await bot.init()
  const handle = webhookCallback(bot, 'http', { secretToken: 'S3cret' })
  const url = await serve((request, response) => {
    handle(request, response).catch(() => response.writeHead(500).end())
  })
  await bot.api.setWebhook(url, { secret_token: 'S3cret' })

  for (const text of ['one', 'two', 'three']) scene.people.sendText({ person: scene.anna, chat, text })

  await until(() => texts.length === 3)
  expect(texts).toEqual(['one', 'two', 'three'])
  expect(await bot.api.getWebhookInfo()).toMatchObject({
    url,
    pending_update_count: 0,
    last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
  })
  await expect(bot.api.getUpdates()).rejects.toThrow("can't use getUpdates method while webhook is active")
})

test('what a webhook did not take waits for long polling', async () => {
  const scene = await openScene({ webhookRetryMs: 10 })
  const bot = createBot(scene)
  let attempts = 0
  const url = await serve((_request, response) => {
    attempts++
    response.writeHead(503).end()
  })
  await bot.api.setWebhook(url)
  scene.people.sendText({ person: scene.anna, chat, text: 'kept' })
  await until(() => attempts > 2)

  await bot.api.deleteWebhook()

  const updates = await bot.api.getUpdates()
  expect(updates.map((update) => update.message?.text)).toEqual(['kept'])
})

test('a method in the answer to a webhook is run', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  const url = await serve((_request, response) => {
    const call = { method: 'sendMessage', chat_id: scene.anna, text: 'from the answer' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(call))
  })
  await bot.api.setWebhook(url)

  const sent = scene.people.sendText({ person: scene.anna, chat, text: 'x' })

  expect((await nextAnswer(scene, sent.id)).text).toBe('from the answer')
})

test('a flood fault is told in the body and the header, strikes as often as asked, and only where asked', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  scene.people.start({ person: scene.anna, bot: chat })
  scene.people.addFault({ effect: { kind: 'flood', retryAfter: 7 }, method: 'sendMessage', chat: scene.anna, count: 2 })

  await expect(bot.api.sendMessage(scene.anna, 'x')).rejects.toMatchObject({
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  })
  await bot.api.sendChatAction(scene.anna, 'typing')
  const raw = await fetch(`${scene.simulator.apiRoot}/bot100:secret/sendMessage?chat_id=${scene.anna}&text=x`)
  expect(raw.headers.get('retry-after')).toBe('7')
  await bot.api.sendMessage(scene.anna, 'x')
  expect(scene.people.listCalls({ method: 'sendMessage' }).map(({ status }) => status)).toEqual([429, 429, 200])
})

test('a reset comes after the work was done', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  scene.people.start({ person: scene.anna, bot: chat })
  scene.people.addFault({ effect: { kind: 'reset' }, method: 'sendMessage', count: 1 })

  await expect(bot.api.sendMessage(scene.anna, 'delivered all the same')).rejects.toBeInstanceOf(HttpError)

  expect(scene.people.transcript({ person: scene.anna, chat }).at(-1)?.text).toBe('delivered all the same')
})

test.each([
  [{ kind: 'blocked' }, { error_code: 403, description: 'Forbidden: bot was blocked by the user' }],
  [{ kind: 'deactivated' }, { error_code: 403, description: 'Forbidden: user is deactivated' }],
  [{ kind: 'server-error' }, { error_code: 500, description: 'Internal Server Error: restart' }],
  [
    { kind: 'migrated', toChat: -1009 },
    { error_code: 400, parameters: { migrate_to_chat_id: -1009 } },
  ],
  [{ kind: 'conflict' }, { error_code: 409 }],
  [{ kind: 'bad-gateway' }, { name: 'HttpError' }],
] as const)('the fault %j fails a call as it should', async (effect, failure) => {
  const scene = await openScene()
  scene.people.addFault({ effect, count: 1 })

  await expect(createBot(scene).api.getMe()).rejects.toMatchObject(failure)
  await createBot(scene).api.getMe()
})

test('the real limits, once switched on, end a burst with 429', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  scene.people.start({ person: scene.anna, bot: chat })
  scene.people.setRateLimits({ isOn: true })

  const burst = async () => {
    for (let index = 0; index < 10; index++) await bot.api.sendMessage(scene.anna, 'x')
  }

  await expect(burst()).rejects.toMatchObject({ error_code: 429, parameters: { retry_after: 1 } })
  scene.clock.advance(1_000)
  await bot.api.sendMessage(scene.anna, 'x')
})

test('a chat keeps only as many messages as it was told to', async () => {
  const scene = await openScene({ retainMessagesPerChat: 10 })
  for (let index = 1; index <= 500; index++) scene.people.sendText({ person: scene.anna, chat, text: String(index) })

  const texts = scene.people.transcript({ person: scene.anna, chat, limit: 1_000 }).map(({ text }) => text)

  expect(texts).toEqual(Array.from({ length: 10 }, (_, index) => String(491 + index)))
  expect((await scene.people.read({ person: scene.anna, chat })).changes.length).toBeLessThan(110)
})

async function serve(listener: Parameters<typeof createServer>[1] & object): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return `http://127.0.0.1:${address.port}/hook`
}
