import { money, type PromoGift } from '@vpn-kiosk/domain'
import type { PromoDraft, PromoLine, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { monthPlan } from '../../testing/fake-shop.ts'
import { readPromo } from './read-promo.ts'

const end = new Date('2026-12-31T21:00:00Z')
const start = new Date('2026-12-30T21:00:00Z')
const known = (day: string) => day === '2026-12-31'
const read = (text: string) =>
  readPromo(text, {
    currency: 'RUB',
    plans: [monthPlan, { ...monthPlan, id: 'pln_quarter0000000000000', code: 'quarter', title: {}, days: 90 }],
    startOf: (day) => (known(day) ? start : null),
    endOf: (day) => (known(day) ? end : null),
    today: '2026-11-27',
  })
const selling: Partial<Shop> = {
  listPlans: async () => [monthPlan],
  listPromos: async () => ({ kind: 'seen', value: [] }),
  listPromoBatches: async () => ({ kind: 'seen', value: [] }),
  policy: { timeZone: 'Europe/Moscow' } as Shop['policy'],
  recall: (async () => ({ username: 'fox_bot' })) as Shop['recall'],
}
const none: Omit<PromoDraft, 'gift'> = {
  code: null,
  mostUses: null,
  mostUsesEach: 1,
  isForNewcomers: false,
  plans: null,
  startsAt: null,
  endsAt: null,
}
const percent = (value: number): PromoGift => ({ kind: 'discount', size: { kind: 'percent', percent: value } })
const off = (minor: bigint, currency: 'RUB' | 'EUR' = 'RUB'): PromoGift => ({
  kind: 'discount',
  size: { kind: 'amount', amount: money(minor, currency) },
})
const balance = (minor: bigint): PromoGift => ({ kind: 'balance', amount: money(minor, 'RUB') })
const spring = { ...none, code: 'SPRING', gift: percent(20) }

test.each<[string, PromoDraft, (number | null)?]>([
  ['7d', { ...none, gift: { kind: 'days', days: 7 } }],
  ['20%', { ...none, gift: percent(20) }],
  ['SPRING 20 % off', spring],
  ['-20% spring', spring],
  ['\u0441\u043a\u0438\u0434\u043a\u0430 20 \u043f\u0440\u043e\u0446\u0435\u043d\u0442\u043e\u0432, SPRING', spring],
  ['SPRING 20% 100 times', { ...spring, mostUses: 100 }],
  ['SPRING 20% x100', { ...spring, mostUses: 100 }],
  ['SPRING 20% 100x', { ...spring, mostUses: 100 }],
  ['SPRING 20% \u0445100', { ...spring, mostUses: 100 }],
  ['SPRING 20% 100 \u0440\u0430\u0437', { ...spring, mostUses: 100 }],
  ['SPRING 20% 100 people', { ...spring, mostUses: 100 }],
  ['SPRING 20% 100 uses, 1 per customer', { ...spring, mostUses: 100 }],
  ['SPRING 20% for new customers only', { ...spring, isForNewcomers: true }],
  ['SPRING 20% each 3', { ...spring, mostUsesEach: 3 }],
  ['SPRING 20% 3 per customer', { ...spring, mostUsesEach: 3 }],
  [
    'SPRING 20% \u043f\u043e 3 \u0440\u0430\u0437\u0430 \u043d\u0430 \u043a\u043b\u0438\u0435\u043d\u0442\u0430',
    { ...spring, mostUsesEach: 3 },
  ],
  ['SPRING 20% until 2026-12-31', { ...spring, endsAt: end }],
  ['SPRING 20% \u0434\u043e 31.12.2026', { ...spring, endsAt: end }],
  ['SPRING 20% 31.12', { ...spring, endsAt: end }],
  ['SPRING 20% \u0441 31.12 \u0434\u043e 31.12', { ...spring, startsAt: start, endsAt: end }],
  ['SPRING 20% plan month', { ...spring, plans: [monthPlan.id] }],
  ['SPRING 20% plans m1,m3', { ...spring, plans: [monthPlan.id, 'pln_quarter0000000000000'] }],
  [
    'SPRING 20% \u0442\u0430\u0440\u0438\u0444 3\u043c \u043d\u043e\u0432\u044b\u043c',
    { ...spring, plans: ['pln_quarter0000000000000'], isForNewcomers: true },
  ],
  ['300 x1', { ...none, gift: balance(30_000n), mostUses: 1 }],
  ['99,50 GIFT', { ...none, code: 'GIFT', gift: balance(9_950n) }],
  ['300 \u0440\u0443\u0431 \u043d\u0430 \u0431\u0430\u043b\u0430\u043d\u0441', { ...none, gift: balance(30_000n) }],
  ['-300', { ...none, gift: off(30_000n) }],
  ['\u2212300\u20bd', { ...none, gift: off(30_000n) }],
  ['300 off', { ...none, gift: off(30_000n) }],
  ['\u0441\u043a\u0438\u0434\u043a\u0430 3,50 \u20ac', { ...none, gift: off(350n, 'EUR') }],
  ['SPRING 20% 200 codes', { ...spring, mostUses: 1 }, 200],
  ['SPRING 20% 200 \u043a\u043e\u0434\u043e\u0432 \u043f\u043e 3', { ...spring, mostUses: 1, mostUsesEach: 3 }, 200],
  ['\u0412\u0415\u0421\u041d\u0410 20%', { ...none, code: 'BECHA', gift: percent(20) }],
])('%j is read', (text, draft, many = null) => {
  expect(read(text)).toEqual({ kind: 'draft', draft, many })
})

test.each([
  ['WINTER', { kind: 'no_gift' }],
  ['', { kind: 'no_gift' }],
  ['7d 300', { kind: 'two_gifts' }],
  ['7d 20%', { kind: 'two_gifts' }],
  ['7d A', { kind: 'word', word: 'A' }],
  ['7d 2026-13-01', { kind: 'word', word: '2026-13-01' }],
  ['1.005', { kind: 'word', word: '1.005' }],
  ['20% 30%', { kind: 'word', word: '30%' }],
  ['WINTER SUMMER 7d', { kind: 'word', word: 'SUMMER' }],
  ['20% <b>', { kind: 'word', word: '<b>' }],
  ['\u0416'.repeat(10_000), { kind: 'word', word: '\u0416'.repeat(40) }],
])('%.20j is not read, and the word is named', (text, refusal) => {
  expect(read(text)).toEqual(refusal)
})

test('a code is shown as it was understood, made by a button, once, and its link is shown', async () => {
  const createPromo = vi.fn<Shop['createPromo']>(async () => ({ kind: 'created', code: 'SPRING' }))
  const bot = adminHarness({ ...selling, createPromo })
  await bot.command('newcode', 'spring 20% 100 times until 2099-12-31 plan month')
  expect(createPromo).not.toHaveBeenCalled()
  for (const words of [
    'code SPRING?',
    '20% off the next purchase',
    'used 100 times',
    'for: 1 month',
    'until 31 December 2099',
  ])
    expect(bot.lastScreen().text).toContain(words)
  await bot.tap('Make it')
  expect(createPromo).toHaveBeenCalledWith(1n, {
    ...spring,
    mostUses: 100,
    plans: [monthPlan.id],
    endsAt: new Date('2099-12-31T21:00:00Z'),
  })
  expect(bot.lastScreen().text).toContain('https://t.me/fox_bot?start=promo_SPRING')
})

test('the button of a line that was forgotten makes nothing', async () => {
  const createPromo = vi.fn<Shop['createPromo']>()
  const bot = adminHarness({ ...selling, createPromo })
  await bot.forge('promo-make:abcdefgh')
  await bot.command('newcode', 'SPRING 20%')
  await bot.forge('promo-make:abcdefgh')
  expect(createPromo).not.toHaveBeenCalled()
})

test('many codes come as a file', async () => {
  const createPromos = vi.fn<Shop['createPromos']>(async () => ({ kind: 'created', batchId: 'btc_0000', count: 200 }))
  const body = new Uint8Array([1])
  const exportPromoBatch: Shop['exportPromoBatch'] = async () => ({ kind: 'seen', value: { name: 'codes.csv', body } })
  const bot = adminHarness({ ...selling, createPromos, exportPromoBatch })
  await bot.command('newcode', 'SPRING 20% 200 codes')
  expect(bot.lastScreen().text).toContain('Create 200 codes?')
  await bot.tap('Make it')
  expect(createPromos).toHaveBeenCalledWith(
    1n,
    expect.objectContaining({ ...spring, mostUses: 1, count: 200, requestId: expect.stringMatching(/^[0-9a-z]{8}$/) }),
  )
  expect(bot.callsOf('sendDocument')).toHaveLength(1)
})

test('what cannot be read is named, with how it is written', async () => {
  const bot = adminHarness(selling)
  await bot.command('newcode', `7d ${'<'.repeat(3000)}`)
  expect(bot.lastScreen().text).toContain('/newcode SPRING 20%')
  expect(bot.lastScreen().text.length).toBeLessThan(1500)
  await bot.command('newcode')
  expect(bot.lastScreen().text).toContain('/newcode SPRING 20%')
})

test.each([
  'invalid_gift',
  'invalid_uses',
  'invalid_uses_each',
  'invalid_plans',
  'invalid_currency',
  'over_already',
  'taken',
] as const)('a code that is refused as %s says why', async (kind) => {
  const bot = adminHarness({ ...selling, createPromo: async () => ({ kind }) })
  await bot.command('newcode', 'SPRING 20%')
  await bot.tap('Make it')
  expect(bot.lastScreen().text).toMatch(/^(🤔)/)
})

test('codes are listed with their uses, and stopped', async () => {
  const line: PromoLine = {
    ...spring,
    code: 'WINTER',
    uses: 3,
    mostUses: 100,
    isForNewcomers: true,
    endsAt: end,
  }
  const batch = { id: 'btc_0000', prefix: 'MANY-', count: 200, createdAt: end } as const
  const stopPromo = vi.fn<Shop['stopPromo']>(async () => ({ kind: 'stopped' }))
  const stopPromoBatch = vi.fn<Shop['stopPromoBatch']>(async () => ({ kind: 'stopped' }))
  const bot = adminHarness({
    ...selling,
    listPromos: async () => ({ kind: 'seen', value: [line] }),
    listPromoBatches: async () => ({ kind: 'seen', value: [batch] }),
    stopPromo,
    stopPromoBatch,
  })
  await bot.command('codes')
  expect(bot.lastScreen().text).toContain(
    '<code>WINTER</code> — 20% off the next purchase, redeemed: 3 / 100 · before the first purchase · until 31 December 2026',
  )
  await bot.tap('Stop WINTER')
  expect(bot.lastScreen().text).toContain('Stop WINTER?')
  expect(stopPromo).not.toHaveBeenCalled()
  await bot.tap('Yes, stop it')
  expect(stopPromo).toHaveBeenCalledWith(1n, 'WINTER')
  expect(bot.lastScreen().text).toContain('is stopped')
  await bot.tap('Stop 200 × MANY-…')
  expect(stopPromoBatch).not.toHaveBeenCalled()
  await bot.tap('Yes, stop it')
  expect(stopPromoBatch).toHaveBeenCalledWith(1n, batch.id)
})

test('whoever may not make codes makes, sees and stops none', async () => {
  const forbidden = async () => ({ kind: 'forbidden' }) as const
  const bot = adminHarness({ ...selling, createPromo: forbidden, listPromoBatches: forbidden, stopPromo: forbidden })
  await bot.command('newcode', 'SPRING 20%')
  await bot.tap('Make it')
  expect(bot.lastScreen().text).not.toContain('SPRING')
  await bot.command('codes')
  expect(bot.lastScreen().text).not.toContain('/newcode')
})
