import { InlineKeyboard } from 'grammy'
import { expect, test } from 'vitest'
import { chat, createBot, openScene, type Scene } from './testing/bot-harness.ts'

async function openDialogue(): Promise<Scene & { readonly bot: ReturnType<typeof createBot> }> {
  const scene = await openScene()
  scene.people.start({ person: scene.anna, bot: chat })
  return { ...scene, bot: createBot(scene) }
}

test('an edit that changes nothing is refused', async () => {
  const { bot, anna } = await openDialogue()
  const keyboard = new InlineKeyboard().text('A', 'a')
  const { message_id } = await bot.api.sendMessage(anna, '<b>x</b>', { parse_mode: 'HTML', reply_markup: keyboard })

  const again = bot.api.editMessageText(anna, message_id, '<b>x</b>', { parse_mode: 'HTML', reply_markup: keyboard })

  await expect(again).rejects.toMatchObject({
    error_code: 400,
    description:
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same ' +
      'as a current content and reply markup of the message',
  })
  await bot.api.editMessageText(anna, message_id, 'x')
})

test.each([
  ['<b>x', `Can't find end tag corresponding to start tag "b"`],
  ['a < b', 'Unsupported start tag "" at byte offset 2'],
  ['a <b', 'Unclosed start tag at byte offset 2'],
  ['a <x>b', 'Unsupported start tag "x" at byte offset 2'],
  ['\u00e9\u00e9 <div>', 'Unsupported start tag "div" at byte offset 5'],
  ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
  ['x</b>', 'Unexpected end tag at byte offset 1'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ['<a href="x>y</a>', 'Unclosed start tag "a" at byte offset 0'],
  ['<tg-emoji>x</tg-emoji>', 'Invalid custom emoji identifier specified'],
])('the HTML %j is refused in the words of Telegram', async (html, why) => {
  const { bot, anna } = await openDialogue()

  await expect(bot.api.sendMessage(anna, html, { parse_mode: 'HTML' })).rejects.toMatchObject({
    error_code: 400,
    description: `Bad Request: can't parse entities: ${why}`,
  })
})

test('HTML becomes entities that count UTF-16 units', async () => {
  const { bot, anna } = await openDialogue()
  const html =
    '\u{1F511} <b>key <i>x</i></b> &lt;1&gt; <a href="https://a.test/?a=1&amp;b=2">go</a> ' +
    '<pre><code class="language-ini">[a]</code></pre> <blockquote expandable>q</blockquote> ' +
    '<code class="language-ini">b</code>'

  const message = await bot.api.sendMessage(anna, html, { parse_mode: 'HTML' })

  expect(message.text).toBe('\u{1F511} key x <1> go [a] q b')
  expect(message.entities).toEqual([
    { type: 'bold', offset: 3, length: 5 },
    { type: 'italic', offset: 7, length: 1 },
    { type: 'text_link', offset: 13, length: 2, url: 'https://a.test/?a=1&b=2' },
    { type: 'pre', offset: 16, length: 3, language: 'ini' },
    { type: 'expandable_blockquote', offset: 20, length: 1 },
    { type: 'code', offset: 22, length: 1 },
  ])
})

test.each([
  ['an empty text', '', {}, 'message text is empty'],
  ['a text of spaces', '  \n ', {}, 'text must be non-empty'],
  ['a text of 4097 characters', 'x'.repeat(4097), {}, 'message is too long'],
  ['65 bytes of callback data', 'x', { text: 'b', callback_data: `${'\u00e9'.repeat(32)}x` }, 'BUTTON_DATA_INVALID'],
  [
    'a vless button',
    'x',
    { text: 'b', url: 'vless://x@y' },
    "inline keyboard button URL 'vless://x@y' is invalid: Unsupported URL protocol",
  ],
  ['a button without an action', 'x', { text: 'b' }, 'text buttons are unallowed in the inline keyboard'],
  ['257 characters to copy', 'x', { text: 'b', copy_text: { text: 'x'.repeat(257) } }, 'BUTTON_COPY_TEXT_INVALID'],
])('%s is refused', async (_name, text, button, why) => {
  const { bot, anna } = await openDialogue()
  const reply_markup = 'text' in button ? { inline_keyboard: [[button]] } : undefined
  const raw = bot.api.raw as unknown as { sendMessage(payload: object): Promise<unknown> }

  await expect(raw.sendMessage({ chat_id: anna, text, reply_markup })).rejects.toMatchObject({
    description: `Bad Request: ${why}`,
  })
})

test('what is not there can be neither edited nor deleted nor replied to', async () => {
  const { bot, anna } = await openDialogue()

  await expect(bot.api.editMessageText(anna, 99, 'x')).rejects.toThrow('message to edit not found')
  await expect(bot.api.deleteMessage(anna, 99)).rejects.toThrow('message to delete not found')
  await expect(bot.api.copyMessage(anna, anna, 99)).rejects.toThrow('message to copy not found')
  const reply = bot.api.sendMessage(anna, 'x', { reply_parameters: { message_id: 99 } })
  await expect(reply).rejects.toThrow('message to be replied not found')
  await expect(bot.api.answerCallbackQuery('99')).rejects.toThrow('query is too old')
})

test('a message of more than two days can not be deleted', async () => {
  const { bot, anna, clock } = await openDialogue()
  const { message_id } = await bot.api.sendMessage(anna, 'x')
  clock.advance(48 * 3_600_000 + 5_000)

  await expect(bot.api.deleteMessage(anna, message_id)).rejects.toThrow("message can't be deleted")
})

test('an unknown token and an unknown method are told apart', async () => {
  const scene = await openScene()
  const stranger = createBot(scene, '999:nobody')

  await expect(stranger.api.getMe()).rejects.toMatchObject({
    error_code: 401,
    description: 'Unauthorized: invalid token specified',
  })
  const response = await fetch(`${scene.simulator.apiRoot}/bot100:secret/sendNothing`)
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({ ok: false, error_code: 404, description: 'Not Found: method not found' })
})

test('methods are read from a query, a form and JSON alike, whatever their case', async () => {
  const { anna, simulator } = await openDialogue()
  const root = `${simulator.apiRoot}/bot100:secret`

  const byQuery = await fetch(`${root}/sendmessage?chat_id=${anna}&text=a%20b`)
  const byForm = await fetch(`${root}/SENDMESSAGE`, {
    method: 'POST',
    body: new URLSearchParams({ chat_id: String(anna), text: 'form', reply_markup: '{"inline_keyboard":[]}' }),
  })

  expect(await byQuery.json()).toMatchObject({ ok: true, result: { text: 'a b' } })
  expect(await byForm.json()).toMatchObject({ ok: true, result: { text: 'form' } })
})
