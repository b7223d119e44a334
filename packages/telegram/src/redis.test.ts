import type { Bot, SessionFlavor } from 'grammy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { translations } from '../test/example-feature.ts'
import { hasRedis, type OwnRedis, startRedis } from '../test/redis.ts'
import type { BotContext } from './context.ts'
import { type BotBase, createBot } from './create-bot.ts'
import { throttlePerPerson } from './middleware/throttle-per-person.ts'
import { createBotHarness } from './testing.ts'

type CountingContext = BotContext & SessionFlavor<{ count: number }>

describe.skipIf(!hasRedis)('with a real Redis', () => {
  let own: OwnRedis
  beforeAll(async () => {
    own = await startRedis()
  })
  afterAll(() => own.close())

  const build = (base: BotBase): Bot<CountingContext> => {
    const bot = createBot<CountingContext>({
      ...base,
      translations,
      session: { initial: () => ({ count: 0 }), prefix: 'test', redis: own.redis },
    })
    bot.use(throttlePerPerson({ prefix: 'test', points: 3, seconds: 60, redis: own.redis }))
    bot.on('message', async (ctx) => {
      ctx.session.count += 1
      await ctx.reply(String(ctx.session.count))
    })
    return bot
  }

  test('a session outlives its process, and expires', async () => {
    await createBotHarness(build, { id: 1 }).text('a')
    const next = createBotHarness(build, { id: 1 })
    await next.text('b')
    expect(next.lastScreen().text).toBe('2')
    expect(await own.redis.ttl('session:test:1:1')).toBeGreaterThan(600_000)
  })

  test('a flood is counted over all processes', async () => {
    const bots = [createBotHarness(build, { id: 2 }), createBotHarness(build, { id: 2 })]
    for (const bot of bots) for (const text of ['a', 'b']) await bot.text(text)
    expect(bots.flatMap((bot) => bot.screens).map(({ text }) => text.length < 3)).toEqual([true, true, true, false])
  })

  test('people are answered while it is away, and their sessions go on when it is back', async () => {
    const bot = createBotHarness(build, { id: 3 })
    await bot.text('a')
    own.redis.disconnect()
    await bot.text('b')
    await bot.text('c')
    await own.redis.connect()
    await bot.text('d')
    expect(bot.screens.map(({ text }) => text).slice(0, 4)).toEqual(['1', '1', '2', '3'])
  })
})
