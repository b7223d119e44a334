import { money } from '@vpn-kiosk/domain'
import type { Month, MonthReport, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'

const line = (minor: bigint, currency: 'RUB' | 'EUR' = 'RUB') => ({
  provider: 'yookassa',
  plan: { en: '1 <month>', ru: 'x' },
  count: 2,
  amount: money(minor, currency),
})
const november: MonthReport = {
  month: '2026-11' as Month,
  previous: '2026-10' as Month,
  next: null,
  closedAt: null,
  canClose: false,
  sales: [line(59_800n), line(700n, 'EUR')],
  refunds: [{ ...line(29_900n), count: 1 }],
  fees: [],
  discounts: [{ cause: 'promo', count: 3, amount: money(17_940n, 'RUB') }],
  revenue: [line(19_932n)],
  given: { bonuses: [money(5_980n, 'RUB')], credit: [] },
  writtenOff: [money(10_000n, 'RUB'), money(-20_000n, 'EUR')],
  owed: { deferred: [money(19_934n, 'RUB')], gifts: [], balances: [], suspense: [] },
}
const reading = (report: MonthReport = november) =>
  vi.fn<Shop['getMonthReport']>(async () => ({ kind: 'seen', value: report }))
const plain = (text: string) => text.replace(/[^\S\n]/g, ' ')

test('a month reads as totals with what they are made of, and turns to the one before', async () => {
  const getMonthReport = reading()
  const bot = adminHarness({ getMonthReport })
  await bot.command('report')
  const text = plain(bot.lastScreen().text)
  for (const words of [
    'Money, November 2026',
    'Sold: ₽598 + €7</b> (4)',
    'YooKassa · 1 &lt;month&gt; — ₽598',
    'Refunded: ₽299</b> (1)',
    'Earned: ₽199.32',
    'Discounts given: ₽179.40</b> (3)',
    'codes — ₽179.40',
    'to inviters — ₽59.80',
    'Written off as a loss: ₽100</b>',
    'Unclaimed money kept: €200',
    'gifts that nobody has activated — nothing',
    "customers' balances — nothing",
  ])
    expect(text).toContain(words)
  expect(text).not.toContain('Providers kept')
  await bot.tap('‹ October 2026')
  expect(getMonthReport).toHaveBeenLastCalledWith(1n, '2026-10')
})

test('the file for the accountant comes as a document', async () => {
  const exportMonth = vi.fn<Shop['exportMonth']>(async () => ({ kind: 'seen', value: new Uint8Array([1]) }))
  const bot = adminHarness({ getMonthReport: reading(), exportMonth })
  await bot.command('report')
  await bot.tap('File for the accountant')
  expect(exportMonth).toHaveBeenCalledWith(1n, '2026-11')
  expect(bot.callsOf('sendDocument')).toHaveLength(1)
  expect(bot.lastScreen().text).toContain('Payments and refunds of November 2026')
})

test.each(['', '2026-13', 'all', '2026-11; drop'])('/report %s shows the running month', async (word) => {
  const getMonthReport = reading()
  const bot = adminHarness({ getMonthReport })
  await bot.command('report', word)
  expect(getMonthReport).toHaveBeenLastCalledWith(1n, undefined)
})

test('whoever may not see payments sees no money', async () => {
  const bot = adminHarness({ getMonthReport: async () => ({ kind: 'forbidden' }) })
  await bot.command('report')
  expect(bot.lastScreen().text).not.toContain('₽')
})

test('a month that is over is closed after it was said what that does, and reads as closed', async () => {
  let closedAt: Date | null = null
  const closeMonth = vi.fn<Shop['closeMonth']>(async () => {
    closedAt = new Date('2026-12-03T09:00:00Z')
    return { kind: 'closed' }
  })
  const getMonthReport = vi.fn<Shop['getMonthReport']>(async () => ({
    kind: 'seen',
    value: { ...november, next: '2026-12', closedAt, canClose: closedAt === null },
  }))
  const bot = adminHarness({ getMonthReport, closeMonth })
  await bot.command('report', '2026-11')
  await bot.tap('Close the month')
  expect(bot.lastScreen().text).toContain('cannot be undone')
  expect(closeMonth).not.toHaveBeenCalled()
  await bot.tap('Close it for good')
  expect(closeMonth).toHaveBeenCalledWith(1n, '2026-11')
  expect(bot.lastScreen().text).toContain('Closed on 3 December 2026')
  expect(bot.lastScreen().text).toContain('owed when the month was closed')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContain('🔒 Close the month')
})

test('the days of a month come as a picture, and say so where there was nothing', async () => {
  const days = Array.from({ length: 30 }, (_, day) => ({ sold: BigInt(day * 1000), earned: 500n }))
  const listReportDays = vi.fn<Shop['listReportDays']>(async () => ({ kind: 'seen', value: { currency: 'RUB', days } }))
  const bot = adminHarness({ getMonthReport: reading(), listReportDays })
  await bot.command('report')
  await bot.tap('Chart')
  expect(listReportDays).toHaveBeenCalledWith(1n, '2026-11')
  expect(bot.lastScreen().kind).toBe('photo')
  expect(plain(bot.lastScreen().text)).toContain('Sold ₽4,350, earned ₽150. Most sold in a day: ₽290.')
  listReportDays.mockResolvedValue({ kind: 'seen', value: { currency: null, days: [] } })
  await bot.tap('‹ Back')
  await bot.tap('Chart')
  expect(bot.lastScreen().text).toContain('Nothing was sold')
})
