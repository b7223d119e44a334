import type { TicketLine } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { supportHarness } from '../../testing/support-harness.ts'

const at = new Date('2026-11-21T09:00:00Z')
const line = (number: number, state: TicketLine['state']): TicketLine => ({
  number,
  state,
  subject: 'a <b>\n\nbold</b> question '.repeat(9),
  createdAt: at,
  closedAt: null,
})

test('/start greets in the language of the customer and opens no ticket', async () => {
  const receiveCustomerMessage = vi.fn()
  const bot = supportHarness({ receiveCustomerMessage }, { language: 'en' })
  await bot.command('start', 'client')
  expect(bot.lastScreen().text).toContain('Hello, Anna!')
  expect(bot.lastScreen().buttons).toEqual([])
  expect(receiveCustomerMessage).not.toHaveBeenCalled()
})

test('who has an open ticket is told its number, finds the list and the way back', async () => {
  const tickets = [line(17, 'waiting'), line(3, 'closed')]
  const bot = supportHarness({
    listCustomerTickets: async () => tickets,
    recall: async <T>() => ({ username: 'kiosk_bot' }) as T,
  })
  await bot.command('start')
  expect(bot.lastScreen().text).toContain('№ 17')
  expect(bot.lastScreen().buttons.at(-1)).toMatchObject({ url: 'https://t.me/kiosk_bot' })
  await bot.tap('Мои обращения')
  expect(bot.lastScreen().text).toMatch(/№ 17<\/b> · 🟡[\s\S]*№ 3<\/b> · ⚪️/)
  expect(bot.lastScreen().text).toContain('a &lt;b&gt; bold&lt;/b&gt;')
  expect(bot.lastScreen().text.length).toBeLessThan(600)
  await bot.tap('Назад')
  expect(bot.lastScreen().text).toContain('Это поддержка')
})
