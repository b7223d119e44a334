import { InlineKeyboard, Keyboard } from 'grammy'
import { expect, test } from 'vitest'
import { chat, createBot, nextAnswer, openScene, startPolling, until } from './testing/bot-harness.ts'

test('a person writes a text and reads the answer', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  bot.on('message:text', (ctx) => ctx.reply(`You said <b>${ctx.msg.text}</b>`, { parse_mode: 'HTML' }))
  await startPolling(bot)

  const sent = scene.people.sendText({ person: scene.anna, chat, text: 'hello' })
  const answer = await nextAnswer(scene, sent.id)

  expect(answer.text).toBe('You said hello')
  expect(answer.html).toBe('You said <b>hello</b>')
  expect(answer.from).toMatchObject({ name: 'Shop', username: 'shop_bot', isBot: true })
})

test('a deep link reaches the bot as a command with its payload', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  bot.command('start', (ctx) => ctx.reply(`payload=${ctx.match}`))
  await startPolling(bot)

  const sent = scene.people.start({ person: scene.anna, bot: chat, payload: 'ref_42' })

  expect((await nextAnswer(scene, sent.id)).text).toBe('payload=ref_42')
})

test('a pressed button shows the bot its data and the person its answer', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  bot.command('start', (ctx) => ctx.reply('Menu', { reply_markup: new InlineKeyboard().text('Buy a month', 'buy:m1') }))
  bot.callbackQuery('buy:m1', async (ctx) => {
    expect(ctx.callbackQuery.chat_instance).toMatch(/^\d+$/)
    await ctx.editMessageText('Bought')
    await ctx.answerCallbackQuery({ text: 'Done', show_alert: true })
  })
  await startPolling(bot)
  const start = scene.people.start({ person: scene.anna, bot: chat })
  const menu = await nextAnswer(scene, start.id)

  const pressed = await scene.people.press({ person: scene.anna, chat, text: 'buy' })

  expect(pressed).toEqual({ kind: 'callback', message: menu.id, answer: { text: 'Done', showAlert: true, url: null } })
  const { changes } = await scene.people.read({ person: scene.anna, chat })
  expect(changes.map(({ kind, message }) => [kind, message.text])).toEqual([
    ['sent', '/start'],
    ['sent', 'Menu'],
    ['edited', 'Bought'],
  ])
})

test('a url button tells its address instead of asking the bot', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  scene.people.start({ person: scene.anna, bot: chat })
  await bot.api.sendMessage(scene.anna, 'Pay', {
    reply_markup: new InlineKeyboard().url('Pay now', 'https://pay.test/1'),
  })

  const pressed = await scene.people.press({ person: scene.anna, chat, text: 'Pay now' })

  expect(pressed).toMatchObject({ kind: 'url', url: 'https://pay.test/1' })
})

test('a button under the text field sends its text', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  scene.people.start({ person: scene.anna, bot: chat })
  await bot.api.sendMessage(scene.anna, 'Choose', { reply_markup: new Keyboard().text('Help').text('Plans') })

  await scene.people.press({ person: scene.anna, chat, text: 'Plans' })

  expect(scene.people.transcript({ person: scene.anna, chat }).at(-1)).toMatchObject({ text: 'Plans', isMine: true })
})

test('reading waits for something new and then returns at once', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  const { people, anna } = scene
  people.start({ person: anna, bot: chat })
  const { seq } = await people.read({ person: anna })

  const reading = people.read({ person: anna, since: seq, waitMs: 5_000 })
  await bot.api.sendMessage(anna, 'news')

  const { changes } = await reading
  expect(changes.map(({ message }) => message.text)).toEqual(['news'])
  expect(changes[0]!.seq).toBeGreaterThan(seq)
})

test('an edit of a person reaches the bot as an edited message', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  const edits: string[] = []
  bot.on('edited_message:text', (ctx) => void edits.push(ctx.editedMessage.text))
  await startPolling(bot)

  const { id } = scene.people.sendText({ person: scene.anna, chat, text: 'helo' })
  scene.people.editText({ person: scene.anna, chat, message: id, text: 'hello' })

  await until(() => edits.length === 1)
  expect(edits).toEqual(['hello'])
})

test('blocking and unblocking is told to the bot, and a blocked bot can not write', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  const statuses: string[] = []
  bot.on('my_chat_member', (ctx) => void statuses.push(ctx.myChatMember.new_chat_member.status))
  await startPolling(bot)
  scene.people.start({ person: scene.anna, bot: chat })

  scene.people.block({ person: scene.anna, bot: chat })
  await expect(bot.api.sendMessage(scene.anna, 'hi')).rejects.toMatchObject({
    error_code: 403,
    description: 'Forbidden: bot was blocked by the user',
  })
  scene.people.unblock({ person: scene.anna, bot: chat })

  await bot.api.sendMessage(scene.anna, 'hi again')
  await until(() => statuses.length === 2)
  expect(statuses).toEqual(['kicked', 'member'])
})

test('a bot can not write first, nor to nobody', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  scene.people.transcript({ person: scene.anna, chat })

  await expect(bot.api.sendMessage(scene.anna, 'hi')).rejects.toMatchObject({
    description: "Forbidden: bot can't initiate conversation with a user",
  })
  await expect(bot.api.sendMessage(77, 'hi')).rejects.toMatchObject({ description: 'Bad Request: chat not found' })
})

test('two bots have two dialogues with one person, and no file in common', async () => {
  const scene = await openScene()
  scene.simulator.addBot({ token: '200:other', username: 'help_bot', name: 'Help' })
  const [shop, help] = [createBot(scene), createBot(scene, '200:other')]
  const { people, anna } = scene
  people.start({ person: anna, bot: chat })
  people.start({ person: anna, bot: '@help_bot' })
  await people.sendMedia({ person: anna, chat: '@help_bot', kind: 'photo' })
  const updates = await help.api.getUpdates()
  const fileId = updates.at(-1)!.message!.photo!.at(-1)!.file_id

  await help.api.sendPhoto(anna, fileId)
  await expect(shop.api.sendPhoto(anna, fileId)).rejects.toMatchObject({
    description: 'Bad Request: wrong file identifier/HTTP URL specified',
  })
  expect(people.listChats({ person: anna }).map(({ ref }) => ref)).toEqual(['@shop_bot', '@help_bot'])
})

test('a tampered app may send callback data that stands on no button', async () => {
  const scene = await openScene()
  const bot = createBot(scene)
  bot.on('callback_query:data', (ctx) => ctx.answerCallbackQuery(`got ${ctx.callbackQuery.data}`))
  await startPolling(bot)
  scene.people.start({ person: scene.anna, bot: chat })
  await bot.api.sendMessage(scene.anna, 'Menu')

  const pressed = await scene.people.press({ person: scene.anna, chat, data: 'order:of:boris', isForged: true })

  expect(pressed).toMatchObject({ kind: 'callback', answer: { text: 'got order:of:boris' } })
})
