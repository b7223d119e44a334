import { type Bot, Composer, type SessionFlavor } from 'grammy'
import { describe, expect, test } from 'vitest'
import { exampleBot, translations } from '../test/example-feature.ts'
import type { BotContext } from './context.ts'
import { type BotBase, createBot } from './create-bot.ts'
import { createMenu } from './menu.ts'
import { onlyPrivate } from './middleware/only-private.ts'
import { throttlePerPerson } from './middleware/throttle-per-person.ts'
import { unhandledFeature } from './middleware/unhandled-feature.ts'
import { boundedStorage } from './session.ts'
import { showView } from './show-view.ts'
import { createBotHarness } from './testing.ts'

type CountingContext = BotContext & SessionFlavor<{ count: number }>

const featureOf = (write: (feature: Composer<BotContext>) => unknown): Composer<BotContext> => {
  const feature = new Composer<BotContext>()
  write(feature)
  return feature
}
const botWith = (write: (feature: Composer<BotContext>) => unknown, keepErrors = false) =>
  createBotHarness((base) => exampleBot(base, featureOf(write)), { language: 'en', keepErrors })

describe('createBot', () => {
  test("speaks the person's language, and the chosen one before Telegram's", async () => {
    const build = (base: BotBase): Bot<BotContext> => {
      const bot = createBot<BotContext>({
        ...base,
        translations,
        resolveLanguage: (ctx) => (ctx.from?.id === 7 ? 'ru' : null),
      })
      bot.on('message', (ctx) => ctx.reply(ctx.t.language))
      return bot
    }
    const bot = createBotHarness(build, { language: 'en' })
    await bot.text('hi')
    expect(bot.lastScreen().text).toBe('en')
    const chooser = bot.person({ id: 7, language: 'en' })
    await chooser.text('hi')
    expect(chooser.lastScreen().text).toBe('ru')
    const stranger = bot.person({ id: 8, language: 'fr' })
    await stranger.text('hi')
    expect(stranger.lastScreen().text).toBe('en')
  })

  test('answers a callback query that a feature forgot', async () => {
    const bot = botWith((feature) => feature.callbackQuery('forgetful', () => {}))
    await bot.forge('forgetful')
    expect(bot.answers).toEqual([''])
  })

  test('answers unknown buttons and nonsense, not the talk of a group', async () => {
    const bot = createBotHarness(exampleBot, { language: 'en' })
    for (const data of ['nonsense', 'main/0/0//habcd', 'buy:', '\u0000']) await bot.forge(data)
    expect(bot.answers).toHaveLength(4)
    expect(bot.lastAnswer()).toContain('out of date')
    await bot.text('💥'.repeat(5000))
    await bot.photo()
    expect(bot.callsOf('sendMessage')).toHaveLength(2)
    await bot.text('talk', { chatId: -100 })
    expect(bot.callsOf('sendMessage')).toHaveLength(2)
  })

  test.each([
    ['pinned_message', { message_id: 2 }],
    ['chat_background_set', {}],
    ['gift', {}],
    ['unique_gift', {}],
    ['forum_topic_created', {}],
    ['connected_website', 'shop.test'],
    ['successful_payment', {}],
    ['refunded_payment', {}],
    ['write_access_allowed', {}],
    ['proximity_alert_triggered', {}],
    ['boost_added', {}],
    ['users_shared', {}],
    ['a_kind_of_next_year', {}],
  ])('has nothing to say to the news %s', async (kind, news) => {
    const bot = createBotHarness(exampleBot, { language: 'en' })
    const chat = { id: 5551, type: 'private', first_name: 'A' } as const
    await bot.feed({ message: { message_id: 1, date: 1, chat, from: bot.user, [kind]: news } as never })
    expect(bot.calls).toEqual([])
  })

  test.each(['text', 'video_note', 'contact', 'location', 'poll', 'dice', 'story', 'checklist'])(
    'answers a person who sends %s',
    async (kind) => {
      const bot = createBotHarness(exampleBot, { language: 'en' })
      const chat = { id: 5551, type: 'private', first_name: 'A' } as const
      await bot.feed({ message: { message_id: 1, date: 1, chat, from: bot.user, [kind]: 'x' } as never })
      expect(bot.callsOf('sendMessage')).not.toEqual([])
    },
  )

  test('apologises for a failing handler and logs neither the token nor the text', async () => {
    const lines: string[] = []
    const note = (fields: object, message: string) => void lines.push(JSON.stringify(fields) + message)
    const build = (base: BotBase) => {
      const logger = { info: note, warn: note, error: note }
      return exampleBot(
        { ...base, logger },
        featureOf((feature) => feature.on('message:text', () => Promise.reject(new Error('database is down')))),
      )
    }
    const bot = createBotHarness(build, { language: 'en', keepErrors: true })
    await bot.text('my secret')
    expect(bot.lastScreen().text).toContain('went wrong')
    expect(lines.join()).toContain('database is down')
    expect(lines.join()).not.toMatch(/my secret|1:test/)
  })

  test('apologises over the chat after a failing button', async () => {
    const bot = botWith((feature) => feature.callbackQuery('bad', () => Promise.reject(new Error('bug'))), true)
    await bot.forge('bad')
    expect(bot.lastAnswer()).toContain('went wrong')
    expect(bot.callsOf('answerCallbackQuery')[0]).toMatchObject({ show_alert: true })
  })

  test('fails the test instead, unless told to keep errors', async () => {
    const bot = botWith((feature) => feature.callbackQuery('bad', () => Promise.reject(new Error('bug'))))
    await expect(bot.forge('bad')).rejects.toThrow('bug')
  })

  test("keeps one person's updates in order and lets others pass", async () => {
    const seen: string[] = []
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const bot = botWith((feature) =>
      feature.on('message:text', async (ctx) => {
        if (ctx.msg.text === 'slow') await gate
        seen.push(ctx.msg.text)
      }),
    )
    const slow = bot.text('slow')
    const next = bot.text('next')
    await bot.person({ id: 7 }).text('other')
    expect(seen).toEqual(['other'])
    open()
    await Promise.all([slow, next])
    expect(seen).toEqual(['other', 'slow', 'next'])
  })

  test('keeps a session for each person', async () => {
    const build = (base: BotBase): Bot<CountingContext> => {
      const bot = createBot<CountingContext>({
        ...base,
        translations,
        session: { initial: () => ({ count: 0 }), prefix: 'test' },
      })
      bot.on('message', async (ctx) => {
        ctx.session.count += 1
        await ctx.reply(String(ctx.session.count))
      })
      return bot
    }
    const bot = createBotHarness(build)
    const other = bot.person({ id: 7 })
    await bot.text('a')
    await bot.text('b')
    await other.text('c')
    expect([bot.lastScreen().text, other.lastScreen().text]).toEqual(['2', '1'])
  })

  test('keeps a bounded number of sessions in memory', async () => {
    const storage = boundedStorage<number>(2)
    for (const key of ['a', 'b', 'c']) await storage.write(key, 1)
    expect(['a', 'b', 'c'].map((key) => storage.read(key))).toEqual([undefined, 1, 1])
  })
})

describe('a menu', () => {
  const withMenu = () => {
    let label = 'one'
    const menu = createMenu<BotContext>('main')
    menu.text(
      () => label,
      (ctx) => showView(ctx, { text: 'pressed', keyboard: menu }),
    )
    const bot = createBotHarness(
      (base) =>
        exampleBot(
          base,
          featureOf((feature) =>
            feature.use(menu).command('menu', (ctx) => showView(ctx, { text: 'menu', keyboard: menu })),
          ),
        ),
      { language: 'en' },
    )
    return {
      bot,
      rename: (to: string) => {
        label = to
      },
    }
  }

  test('navigates in place and answers its queries', async () => {
    const { bot } = withMenu()
    await bot.command('menu')
    await bot.tap('one')
    expect(bot.lastScreen()).toMatchObject({ text: 'pressed', edits: 1 })
    expect(bot.lastScreen().buttons).toHaveLength(1)
    expect(bot.answers).toEqual([''])
  })

  test('renews an outdated menu with a polite word', async () => {
    const { bot, rename } = withMenu()
    await bot.command('menu')
    rename('a longer label')
    await bot.tap('one')
    expect(bot.lastAnswer()).toContain('out of date')
    expect(bot.lastScreen().buttons.map(({ text }) => text)).toEqual(['a longer label'])
    expect(bot.lastScreen().text).toBe('menu')
  })

  test('refuses an id that would not fit', () => {
    expect(() => createMenu('far-too-long-a-menu-id')).toThrow(RangeError)
  })
})

describe('the middleware', () => {
  test('drops a flood with one sentence and answers every dropped button', async () => {
    const build = (base: BotBase) => {
      const bot = createBot<BotContext>({ ...base, translations })
      bot.use(throttlePerPerson({ prefix: 'test', points: 2, seconds: 60 }))
      bot.on('message', (ctx) => ctx.reply('handled'))
      return bot
    }
    const bot = createBotHarness(build, { language: 'en' })
    for (let n = 0; n < 5; n++) await bot.text('spam')
    await bot.forge('x')
    expect(bot.screens.map(({ text }) => text.slice(0, 10))).toEqual([
      'handled',
      'handled',
      bot.screens[2]?.text.slice(0, 10),
    ])
    expect(bot.screens[2]?.text).toContain('Too fast')
    expect(bot.lastAnswer()).toContain('Too fast')
    const other = bot.person({ id: 7 })
    await other.text('hi')
    expect(other.lastScreen().text).toBe('handled')
  })

  test('keeps a private bot silent in groups but for commands', async () => {
    const build = (base: BotBase) => {
      const bot = createBot<BotContext>({ ...base, translations })
      bot.use(onlyPrivate(), unhandledFeature())
      return bot
    }
    const bot = createBotHarness(build, { language: 'en' })
    await bot.text('talk', { chatId: -100 })
    expect(bot.screens).toEqual([])
    await bot.command('start', undefined, { chatId: -100 })
    expect(bot.lastScreen({ chatId: -100 }).text).toContain('private')
    await bot.text('hi')
    expect(bot.lastScreen().text).toContain('understand')
  })
})
