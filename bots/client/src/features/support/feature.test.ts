import { expect, test } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna } from '../../testing/fake-shop.ts'

test('support is one tap away', async () => {
  const bot = clientHarness({ recall: async <T>() => ({ username: 'kiosk_support_bot' }) as T })
  await bot.command('support')
  expect(bot.lastScreen().buttons[0]).toMatchObject({ url: 'https://t.me/kiosk_support_bot?start=client' })
})

test('a support bot that was never started gets an apology', async () => {
  const bot = clientHarness({ recall: async () => null })
  await bot.command('support')
  expect(bot.lastScreen().text).toContain('Sorry')
})

test('a banned customer sees one screen, whatever they press or write', async () => {
  const bot = clientHarness({
    recognizeCustomer: async () => ({ customer: { ...anna, isBanned: true }, subscription: null, isNew: false }),
    recall: async <T>() => ({ username: 'kiosk_support_bot' }) as T,
  })
  for (const act of [() => bot.command('start'), () => bot.text('hi'), () => bot.forge('key'), () => bot.photo()]) {
    await act()
    expect(bot.lastScreen().text).toContain('Your access is blocked')
    expect(bot.lastScreen().buttons).toHaveLength(1)
  }
})
