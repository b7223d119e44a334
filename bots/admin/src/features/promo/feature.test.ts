import { money } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { readPromo } from './read-promo.ts'

const end = new Date('2026-12-31T21:00:00Z')
const read = (text: string) => readPromo(text, 'RUB', (day) => (day === '2026-12-31' ? end : null))
const selling: Partial<Shop> = {
  listPlans: async () => [],
  policy: { timeZone: 'Europe/Moscow' } as Shop['policy'],
}
const none = { code: null, mostUses: null, isForNewcomers: false, endsAt: null }

test.each([
  ['7d', { ...none, gift: { kind: 'days', days: 7 } }],
  [
    'WINTER 7d x100 2026-12-31 new',
    { code: 'WINTER', gift: { kind: 'days', days: 7 }, mostUses: 100, isForNewcomers: true, endsAt: end },
  ],
  ['300 x1', { ...none, gift: { kind: 'balance', amount: money(30_000n, 'RUB') }, mostUses: 1 }],
  ['99,50 GIFT', { ...none, code: 'GIFT', gift: { kind: 'balance', amount: money(9_950n, 'RUB') } }],
  ['WINTER', null],
  ['', null],
  ['7d 300', null],
  ['7d A', null],
  ['7d 2026-13-01', null],
  ['1.005', null],
  ['WINTER SUMMER 7d', null],
])('%j is read', (text, draft) => {
  expect(read(text)).toEqual(draft)
})

test('a code is made in a line, and its link is shown', async () => {
  const createPromo = vi.fn<Shop['createPromo']>(async () => ({ kind: 'created', code: 'WINTER' }))
  const bot = adminHarness({
    ...selling,
    createPromo,
    recall: (async () => ({ username: 'fox_bot' })) as Shop['recall'],
  })
  await bot.command('newcode', 'winter 7d x100 2026-12-31')
  expect(createPromo).toHaveBeenCalledWith(1n, {
    code: 'winter',
    gift: { kind: 'days', days: 7 },
    mostUses: 100,
    isForNewcomers: false,
    endsAt: end,
  })
  expect(bot.lastScreen().text).toContain('https://t.me/fox_bot?start=promo_WINTER')
})

test('what cannot be read is answered with how it is written', async () => {
  const createPromo = vi.fn<Shop['createPromo']>()
  const bot = adminHarness({ ...selling, createPromo })
  await bot.command('newcode', 'whatever it is')
  expect(bot.lastScreen().text).toContain('/newcode WINTER 7d')
  expect(createPromo).not.toHaveBeenCalled()
})

test('codes are listed with their uses, and stopped', async () => {
  const line = { code: 'WINTER', days: 7, amount: null, uses: 3, mostUses: 100, isForNewcomers: true, endsAt: end }
  const stopPromo = vi.fn<Shop['stopPromo']>(async () => ({ kind: 'stopped' }))
  const bot = adminHarness({ listPromos: async () => ({ kind: 'seen', value: [line] }), stopPromo })
  await bot.command('codes')
  expect(bot.lastScreen().text).toContain('<code>WINTER</code> — 7 days, redeemed: 3 / 100 · before the first purchase')
  await bot.tap('Stop WINTER')
  expect(stopPromo).toHaveBeenCalledWith(1n, 'WINTER')
  expect(bot.lastScreen().text).toContain('is stopped')
})
