import type { SessionFlavor } from 'grammy'
import { expect, test } from 'vitest'
import { translations } from '../test/example-feature.ts'
import type { BotContext } from './context.ts'
import { createBot } from './create-bot.ts'
import { throttlePerPerson } from './middleware/throttle-per-person.ts'
import { unhandledFeature } from './middleware/unhandled-feature.ts'
import { createBotHarness } from './testing.ts'

class Away extends Error {}

type TestContext = BotContext & SessionFlavor<{ said: string[] }>

/** A bot whose database fails so many times before it is back. */
function shopWith(failures: { left: number }) {
  const seen: string[] = []
  const meet = (what: string) => {
    if (failures.left-- > 0) throw new Away('terminating connection')
    seen.push(what)
  }
  const bot = createBotHarness<TestContext>(
    (base) => {
      const made = createBot<TestContext>({
        ...base,
        translations,
        session: { initial: () => ({ said: [] }), prefix: 'test' },
        outage: { isOutage: (error) => error instanceof Away, delaysMs: [1, 1, 1] },
      })
      made.use(throttlePerPerson({ prefix: 'test', points: 3 }))
      made.on('message:text', async (ctx) => {
        ctx.session.said.push(ctx.msg.text)
        meet(ctx.msg.text)
        await ctx.reply(`did ${ctx.session.said.join()}`)
      })
      made.callbackQuery('buy', async (ctx) => {
        meet('buy')
        await ctx.reply('did buy')
      })
      made.use(unhandledFeature())
      return made
    },
    { language: 'en', keepErrors: true },
  )
  return { bot, seen }
}

test('an update that meets a short outage is answered when it is over, without an apology', async () => {
  const { bot, seen } = shopWith({ left: 3 })
  await bot.text('hello')
  expect(seen).toEqual(['hello'])
  expect(bot.screens.map(({ text }) => text)).toEqual(['did hello'])
})

test('a long one ends in an apology whose button repeats what was asked, once', async () => {
  const failures = { left: 4 }
  const { bot, seen } = shopWith(failures)
  await bot.text('hello')
  expect(bot.lastScreen().buttons).toMatchObject([{ text: expect.stringContaining('Repeat') }])
  const [button] = bot.lastScreen().buttons
  const data = button && 'callback_data' in button ? button.callback_data : ''
  await bot.tap('Repeat')
  expect(seen).toEqual(['hello'])
  expect(bot.screens.map(({ text }) => text)).toEqual(['did hello'])
  await bot.forge(data)
  expect(seen).toEqual(['hello'])
  expect(bot.lastAnswer()).toContain('out of date')
})

test('the button of an apology for a button is that button', async () => {
  const { bot, seen } = shopWith({ left: 4 })
  await bot.forge('buy')
  await bot.tap('Repeat')
  expect(seen).toEqual(['buy'])
})

test('an agent in a topic gets the button there, the talk of a group gets nothing', async () => {
  const { bot, seen } = shopWith({ left: 8 })
  await bot.text('to the customer', { chatId: -100, threadId: 3 })
  expect(bot.callsOf('sendMessage')).toMatchObject([{ chat_id: -100, message_thread_id: 3 }])
  await bot.text('talk', { chatId: -100 })
  expect(bot.callsOf('sendMessage')).toHaveLength(1)
  await bot.tap('Repeat', { chatId: -100, threadId: 3 })
  expect(seen).toEqual(['to the customer'])
})

test('what is no outage is not tried again', async () => {
  let tries = 0
  const bot = createBotHarness<BotContext>(
    (base) => {
      const made = createBot<BotContext>({ ...base, translations, outage: { isOutage: () => false } })
      made.on('message', () => {
        tries += 1
        throw new Error('bug')
      })
      return made
    },
    { language: 'en', keepErrors: true },
  )
  await bot.text('hello')
  expect(tries).toBe(1)
  expect(bot.lastScreen().text).toContain('went wrong')
})
