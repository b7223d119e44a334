import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { anna, annasCard } from '../../testing/fake-shop.ts'

const endsAt = new Date('2026-12-28T09:00:00Z')

test('a search that finds one person shows the card, with their text escaped', async () => {
  const bot = adminHarness()
  await bot.command('find')
  await bot.text('anna')
  const { text } = bot.lastScreen()
  expect(text).toContain('Anna &lt;b&gt;')
  expect(text).toContain('panel says &lt;html&gt;')
  expect(text).toContain('<code>777</code>')
})

test('a search that finds several lists them, and nobody is said so', async () => {
  const line = { ...anna, standing: 'expired' as const, endsAt: null }
  const found = [line, { ...line, id: 'cus_other' as const, firstName: 'Boris' }]
  const bot = adminHarness({ findCustomers: async (_, query) => ({ kind: 'seen', value: query === 'x' ? [] : found }) })
  await bot.command('find', 'a')
  expect(bot.lastScreen().text).toContain('Found 2 customers')
  await bot.text('x')
  expect(bot.lastScreen().text).toContain('Nobody found')
  await bot.text('a')
  await bot.tap('Boris')
  expect(bot.lastScreen().text).toContain('With us since')
})

test('a double tap on +7 asks for the same extension twice', async () => {
  const extendByDays = vi.fn(async () => ({ kind: 'extended' as const, endsAt }))
  const bot = adminHarness({ extendByDays })
  await bot.command('find', 'anna')
  const button = bot.lastScreen().buttons.find((one) => one.text.startsWith('+7'))
  const data = button && 'callback_data' in button ? button.callback_data : ''
  await bot.forge(data)
  await bot.forge(data)
  expect(extendByDays).toHaveBeenCalledTimes(2)
  const requests = extendByDays.mock.calls as unknown as [bigint, string, { days: number; requestId: string }][]
  expect(requests[0]?.[2]).toEqual(requests[1]?.[2])
  expect(requests[0]?.[0]).toBe(1n)
  expect(bot.lastScreen().text).toContain('Extended')
})

test('other days are asked for, and nonsense is asked again', async () => {
  const extendByDays = vi.fn(async (_actor: unknown, _id: unknown, { days }: { days: number }) =>
    Number.isInteger(days) ? { kind: 'extended' as const, endsAt } : { kind: 'invalid_days' as const },
  )
  const bot = adminHarness({ extendByDays })
  await bot.command('find', 'anna')
  await bot.tap('Other')
  await bot.text('soon')
  expect(bot.lastScreen().text).toContain('whole number')
  await bot.text('45')
  expect(extendByDays).toHaveBeenLastCalledWith(1n, anna.id, expect.objectContaining({ days: 45 }))
  await bot.text('45')
  expect(extendByDays).toHaveBeenCalledTimes(2)
})

test('a ban is confirmed first, and lifted at once', async () => {
  const banCustomer = vi.fn(async () => ({ kind: 'banned' as const }))
  const unbanCustomer = vi.fn(async () => ({ kind: 'unbanned' as const }))
  let isBanned = false
  const seeCustomer = async () => ({
    kind: 'seen' as const,
    value: { ...annasCard, customer: { ...anna, isBanned } },
  })
  const bot = adminHarness({ banCustomer, unbanCustomer, seeCustomer })
  await bot.command('find', 'anna')
  await bot.tap('🚫 Ban')
  expect(banCustomer).not.toHaveBeenCalled()
  isBanned = true
  await bot.tap('Yes, ban')
  expect(banCustomer).toHaveBeenCalledWith(1n, anna.id)
  await bot.tap('Lift the ban')
  expect(unbanCustomer).toHaveBeenCalledOnce()
})

test('a trial is reset by a button and by a command', async () => {
  const resetTrial = vi.fn(async () => ({ kind: 'reset' as const }))
  const bot = adminHarness({ resetTrial })
  await bot.command('reset_trial', '@anna')
  expect(bot.lastScreen().text).toContain('can be taken again')
  await bot.tap('Reset the trial')
  expect(resetTrial).toHaveBeenCalledTimes(2)
})

test('an agent sees the card without what they may not do', async () => {
  const bot = adminHarness({ roleOf: async () => 'support' })
  await bot.command('find', 'anna')
  const labels = bot.lastScreen().buttons.map((button) => button.text)
  expect(labels).toEqual(['🔄 Refresh', '🔍 Another one', '🏠 Menu'])
})
