import { Composer } from 'grammy'
import { describe, expect, test } from 'vitest'
import { exampleBot } from '../test/example-feature.ts'
import type { BotContext } from './context.ts'
import { type ShowOptions, showView } from './show-view.ts'
import { createBotHarness } from './testing.ts'
import type { View } from './view.ts'

const picture = new Uint8Array([1, 2, 3])
const button = [[{ text: 'next', callback_data: 'next' }]]

/** A bot whose only button walks through the given views. */
function walk(views: readonly View[], options?: ShowOptions) {
  let at = 0
  const feature = new Composer<BotContext>()
  const next = (ctx: BotContext) => showView(ctx, views[at++] ?? { text: 'end' }, options)
  feature.command('go', next)
  feature.callbackQuery('next', next)
  return createBotHarness((base) => exampleBot(base, feature))
}

describe('showView', () => {
  test('edits a text in place and answers the query once', async () => {
    const bot = walk([
      { text: 'one', keyboard: button },
      { text: 'two', keyboard: button },
    ])
    await bot.command('go')
    await bot.tap('next')
    expect(bot.screens).toHaveLength(1)
    expect(bot.lastScreen()).toMatchObject({ text: 'two', edits: 1 })
    expect(bot.answers).toEqual([''])
  })

  test('takes "not modified" for done', async () => {
    const bot = walk([
      { text: 'one', keyboard: button },
      { text: 'one', keyboard: button },
    ])
    await bot.command('go')
    await bot.tap('next')
    expect(bot.screens).toHaveLength(1)
    expect(bot.answers).toEqual([''])
  })

  test('puts a picture in the place of a text, and leaves it where it is when its buttons lead on', async () => {
    const bot = walk([
      { text: 'one', keyboard: button },
      { text: 'two', photo: picture, keyboard: button },
      { text: 'three', keyboard: button },
    ])
    await bot.command('go')
    await bot.tap('next')
    expect(bot.screens.map(({ kind, text }) => [kind, text])).toEqual([['photo', 'two']])
    await bot.tap('next')
    expect(bot.screens.map(({ kind, text, edits }) => [kind, text, edits])).toEqual([
      ['photo', 'two', 0],
      ['text', 'three', 0],
    ])
    expect(bot.screens[0]?.buttons).toHaveLength(1)
    expect(bot.answers).toEqual(['', ''])
  })

  test('turns no picture into another one', async () => {
    const bot = walk([
      { text: 'one', photo: picture, keyboard: button },
      { text: 'two', photo: 'file-id', keyboard: button },
    ])
    await bot.command('go')
    await bot.tap('next')
    expect(bot.screens.map(({ text, edits }) => [text, edits])).toEqual([
      ['one', 0],
      ['two', 0],
    ])
  })

  test('leaves a file where it is, without its buttons', async () => {
    const bot = walk([{ text: 'file', document: { name: 'a.conf', body: 'x' }, keyboard: button }, { text: 'menu' }])
    await bot.command('go')
    await bot.tap('next')
    expect(bot.screens.map(({ kind, text, buttons }) => [kind, text, buttons.length])).toEqual([
      ['document', 'file', 0],
      ['text', 'menu', 0],
    ])
  })

  test.each(['Bad Request: message to edit not found', "Bad Request: message can't be edited"])(
    'sends anew on "%s"',
    async (description) => {
      const bot = walk([{ text: 'one', keyboard: button }, { text: 'two' }])
      await bot.command('go')
      bot.failNext('editMessageText', { error_code: 400, description })
      await bot.tap('next')
      expect(bot.lastScreen()).toMatchObject({ text: 'two', edits: 0 })
    },
  )

  test('sends anew when the pressed message is too old to be known', async () => {
    const bot = walk([{ text: 'one' }])
    await bot.forge('next')
    expect(bot.lastScreen().text).toBe('one')
    expect(bot.callsOf('editMessageText')).toEqual([])
    expect(bot.answers).toEqual([''])
  })

  test('does not fail when the query is too old to be answered', async () => {
    const bot = walk([{ text: 'one', keyboard: button }, { text: 'two' }])
    await bot.command('go')
    bot.failNext('answerCallbackQuery', {
      error_code: 400,
      description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
    })
    await bot.tap('next')
    expect(bot.lastScreen().text).toBe('two')
  })

  test('stays in the topic where the button was', async () => {
    const bot = walk([
      { text: 'one', keyboard: button },
      { text: 'two', photo: picture },
    ])
    const topic = { chatId: -100, threadId: 7 }
    await bot.command('go', undefined, topic)
    await bot.tap('next', topic)
    expect(bot.lastScreen(topic)).toMatchObject({ text: 'two', threadId: 7 })
  })

  test('says the given words over the chat, and only the first ones', async () => {
    const bot = walk([{ text: 'one', keyboard: button }, { text: 'two' }], { answer: 'done' })
    await bot.command('go')
    await bot.tap('next')
    expect(bot.answers).toEqual(['done'])
  })

  test('fails when the call is our bug, instead of hiding it', async () => {
    const bot = walk([{ text: 'one', keyboard: button }, { text: 'two' }])
    await bot.command('go')
    bot.failNext('editMessageText', {
      error_code: 400,
      description: "Bad Request: can't parse entities: Unsupported start tag",
    })
    await expect(bot.tap('next')).rejects.toThrow("can't parse entities")
  })
})
