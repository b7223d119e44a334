import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'

const media = ['voice', 'video', 'video_note', 'audio', 'document', 'animation', 'sticker'] as const

test('nonsense and media get one polite answer with the menu button', async () => {
  const bot = clientHarness()
  for (const act of [
    () => bot.text('🤷'),
    () => bot.text('x'.repeat(4096)),
    () => bot.photo(),
    ...media.map((kind) => () => bot.text('', { message: { text: undefined, [kind]: { file_id: 'f' } } as never })),
    () => bot.command('nope'),
  ]) {
    await act()
    expect(bot.lastScreen().text).toContain("didn't get that")
    expect(bot.lastScreen().buttons[0]?.text).toBe('🏠 Main menu')
  }
  expect(bot.screens).toHaveLength(4 + media.length)
})

test.each(['plan:', 'buy:last-month', 'main/9/9//x', '\u0000', 'dev:x'])(
  'a stale or forged button (%j) is answered and shows the menu',
  async (data) => {
    const bot = clientHarness()
    await bot.forge(data)
    expect(bot.lastAnswer()).toContain('out of date')
    expect(bot.lastScreen().text).toContain('Main menu')
  },
)

test('who blocks the bot is marked unreachable without being registered again', async () => {
  const markUnreachable = vi.fn(async () => {})
  const recognizeCustomer = vi.fn()
  const bot = clientHarness({ markUnreachable, recognizeCustomer })
  const member = { user: bot.bot.botInfo, status: 'member' as const }
  await bot.feed({
    my_chat_member: {
      chat: { id: 5551, type: 'private', first_name: 'Anna' },
      from: bot.user,
      date: 1,
      old_chat_member: member,
      new_chat_member: { user: bot.bot.botInfo, status: 'kicked', until_date: 0 },
    },
  })
  expect(markUnreachable).toHaveBeenCalledWith(5551n)
  expect(recognizeCustomer).not.toHaveBeenCalled()
})

test('in a group the bot sends people to the private chat and registers nobody', async () => {
  const recognizeCustomer = vi.fn()
  const bot = clientHarness({ recognizeCustomer }, { language: 'en' })
  await bot.command('start', undefined, { chatId: -100 })
  expect(bot.lastScreen({ chatId: -100 }).text).toContain('private')
  expect(recognizeCustomer).not.toHaveBeenCalled()
})
