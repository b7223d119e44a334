import type { StarsState } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { anna, annasCard, annasLine, payment } from '../../testing/fake-shop.ts'

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

test('the number of a payment shows its card', async () => {
  const findPaymentAsStaff = vi.fn(async () => ({ kind: 'seen' as const, value: payment }))
  const bot = adminHarness({ findPaymentAsStaff })
  await bot.command('find', 'ord_annas')
  expect(findPaymentAsStaff).toHaveBeenCalledWith(1n, 'ord_annas')
  expect(bot.lastScreen().text).toContain('YooKassa')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toContain('👤 Customer')
})

test('a search that finds several lists them, and nobody is said so', async () => {
  const line = { ...anna, standing: 'expired' as const, endsAt: null }
  const found = [line, { ...line, id: 'cus_other' as const, firstName: 'Boris' }]
  const bot = adminHarness({
    findCustomers: async (_, query) => ({ kind: 'seen', value: { lines: query === 'x' ? [] : found, next: null } }),
  })
  await bot.command('find', 'a')
  expect(bot.lastScreen().text).toContain('Found 2 customers')
  await bot.text('x')
  expect(bot.lastScreen().text).toContain('Nobody found')
  await bot.text('a')
  await bot.tap('Boris')
  expect(bot.lastScreen().text).toContain('With us since')
})

test('what does not fit is a button away, with the same words, and the dialog may be lost', async () => {
  const next = { atMicros: 1_795_000_000_000_000, id: anna.id }
  const findCustomers = vi.fn(async (_actor: unknown, _query: string, after: unknown = null) => ({
    kind: 'seen' as const,
    value: { lines: [annasLine, { ...annasLine, id: 'cus_other' as const }], next: after ? null : next },
  }))
  const bot = adminHarness({ findCustomers })
  await bot.command('find', 'anna')
  expect(bot.lastScreen().text).toContain('Go on, or send something more precise')
  await bot.tap('More')
  expect(findCustomers).toHaveBeenLastCalledWith(1n, 'anna', next)
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContain('More ›')
  const other = adminHarness({ findCustomers })
  await other.forge(`find-more:${next.atMicros.toString(36)}:anna`)
  expect(other.lastScreen().text).toContain('Who are you looking for')
})

test.each([
  ['Ending soon', 'ending'],
  ['On trial', 'trial'],
  ['Ended', 'expired'],
  ['Banned', 'banned'],
  ['Newest', 'newest'],
] as const)('the list "%s" is paged', async (button, list) => {
  const next = { atMicros: 1_795_000_000_000_000, id: anna.id }
  const listCustomers = vi.fn(async (_actor: unknown, _list: unknown, after: unknown = null) => ({
    kind: 'seen' as const,
    value: { lines: [annasLine], next: after ? null : next },
  }))
  const bot = adminHarness({ listCustomers })
  await bot.command('find')
  await bot.tap(button)
  expect(bot.lastScreen().buttons[0]?.text).toContain('@anna')
  await bot.tap('More')
  expect(listCustomers).toHaveBeenLastCalledWith(1n, list, next)
  await bot.tap('Back')
  expect(bot.lastScreen().text).toContain('Who are you looking for')
})

test('a double tap on +7 asks for the same extension twice', async () => {
  const giveDays = vi.fn(async () => ({ kind: 'extended' as const, endsAt, trafficBytes: 2_470_000_000n }))
  const bot = adminHarness({ giveDays })
  await bot.command('find', 'anna')
  const button = bot.lastScreen().buttons.find((one) => one.text.startsWith('+7'))
  const data = button && 'callback_data' in button ? button.callback_data : ''
  await bot.forge(data)
  await bot.forge(data)
  expect(giveDays).toHaveBeenCalledTimes(2)
  const requests = giveDays.mock.calls as unknown as [bigint, string, { days: number; requestId: string }][]
  expect(requests[0]?.[2]).toEqual(requests[1]?.[2])
  expect(requests[0]?.[0]).toBe(1n)
  expect(bot.lastScreen().text).toContain('days added: 7, and 2.3 GB of traffic')
})

test('+7 can be taken back at once, by the id with which it was given', async () => {
  const takeBackDays = vi.fn(async () => ({ kind: 'taken_back' as const, endsAt }))
  const giveDays = vi.fn(
    async (_actor: unknown, _id: unknown, _by: { days: number; requestId?: string | undefined }) => ({
      kind: 'extended' as const,
      endsAt,
      trafficBytes: null,
    }),
  )
  const bot = adminHarness({ giveDays, takeBackDays })
  await bot.command('find', 'anna')
  await bot.tap('+7')
  await bot.tap('Take +7 d back')
  expect(takeBackDays).toHaveBeenCalledWith(1n, anna.id, giveDays.mock.calls[0]?.[2].requestId)
  expect(bot.lastScreen().text).toContain('Taken back')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContain('↩️ Take +7 d back')
})

test('another number pressed on the same card offers to take back what was given, not what was pressed', async () => {
  const bot = adminHarness({ giveDays: async () => ({ kind: 'already_done', days: 7 }) })
  await bot.command('find', 'anna')
  await bot.tap('+30')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toContain('↩️ Take +7 d back')
})

test.each([
  ['works', '✅ ams-1 · VLESS — works', false],
  ['server_down', '🔴 ams-1 · VLESS — the server does not answer', false],
  ['setting_up', '⏳ ams-1 · VLESS — being set up', true],
  ['closing', '⏳ ams-1 · VLESS — closing', true],
  ['closed', '🚫 ams-1 · VLESS — closed', false],
] as const)('an access that is %s is said to be', async (state, words, isUnsettled) => {
  const problem = { cause: 'timeout' as const, reason: 'fetch failed' }
  const lastSeenAt = new Date('2026-11-21T09:00:00Z')
  const accesses = [{ ...annasCard.accesses[0]!, state, problem, lastSeenAt }]
  const bot = adminHarness({ getCustomerCard: async () => ({ kind: 'seen', value: { ...annasCard, accesses } }) })
  await bot.forge('cust:anna')
  const { text } = bot.lastScreen()
  expect(text).toContain(words)
  expect(text).toContain('seen online 21 November at 12:00 MSK')
  expect(text.includes('No answer came in time')).toBe(isUnsettled)
  expect(text).not.toContain('fetch failed')
})

test('other days are asked for, and nonsense is asked again', async () => {
  const giveDays = vi.fn(async (_actor: unknown, _id: unknown, { days }: { days: number }) =>
    Number.isInteger(days)
      ? { kind: 'extended' as const, endsAt, trafficBytes: null }
      : { kind: 'invalid_days' as const },
  )
  const bot = adminHarness({ giveDays })
  await bot.command('find', 'anna')
  await bot.tap('Other')
  await bot.text('soon')
  expect(bot.lastScreen().text).toContain('whole number')
  await bot.text('45')
  expect(giveDays).toHaveBeenLastCalledWith(1n, anna.id, expect.objectContaining({ days: 45 }))
  await bot.text('45')
  expect(giveDays).toHaveBeenCalledTimes(2)
})

test('a ban is confirmed first, and lifted at once', async () => {
  const banCustomer = vi.fn(async () => ({ kind: 'banned' as const }))
  const unbanCustomer = vi.fn(async () => ({ kind: 'unbanned' as const }))
  let isBanned = false
  const seeCustomer = async () => ({
    kind: 'seen' as const,
    value: { ...annasCard, customer: { ...anna, isBanned } },
  })
  const bot = adminHarness({ banCustomer, unbanCustomer, getCustomerCard: seeCustomer })
  await bot.command('find', 'anna')
  await bot.tap('🚫 Ban')
  expect(banCustomer).not.toHaveBeenCalled()
  expect(bot.lastScreen().text).toContain('within a minute on every server that answers, open connections too')
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
  const bot = adminHarness({ findRole: async () => 'support' })
  await bot.command('find', 'anna')
  const labels = bot.lastScreen().buttons.map((button) => button.text)
  expect(labels).toEqual(['🔄 Refresh', '🔍 Another one', '🏠 Menu'])
})

const renewal = {
  isOn: true,
  source: 'balance' as 'balance' | 'stars',
  stars: null as StarsState | null,
  offReason: null,
  plan: { id: 'pln_month' as const, title: {}, days: 30, price: { minor: 29_900n, currency: 'RUB' as const } },
  endsAt: new Date('2026-12-21T09:00:00Z'),
  chargeAt: new Date('2026-12-20T21:00:00Z'),
  missing: null,
  card: null,
  maySaveCard: false,
}

test.each([
  [renewal, '🔁 Auto-renewal: ₽299 from the balance, 21 December at 00:00 MSK'],
  [{ ...renewal, isOn: false, offReason: 'failed' as const }, '🔁 Auto-renewal is off: no charge went through'],
])('the card says how auto-renewal stands', async (stands, sentence) => {
  const value = { ...annasCard, renewal: stands }
  const bot = adminHarness({ getCustomerCard: async () => ({ kind: 'seen', value }) })
  await bot.forge('cust:anna')
  expect(bot.lastScreen().text).toContain(sentence)
})
