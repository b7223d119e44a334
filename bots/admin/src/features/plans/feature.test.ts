import { money } from '@vpn-kiosk/domain'
import type { PlanChange, PlanDraft, StaffPlan } from '@vpn-kiosk/shop'
import { describe, expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { monthPlan, trialPlan } from '../../testing/fake-shop.ts'
import { readPrice } from './read-price.ts'
import { readPrices } from './read-prices.ts'

const updating = (kind: 'updated' | 'changed_meanwhile' = 'updated') =>
  vi.fn(async (_actor: unknown, _id: unknown, _change: PlanChange, _was?: PlanChange) => ({ kind }))

describe('a price', () => {
  test.each([
    ['299', '299'],
    ['299,50', '299.50'],
    ['299.5', '299.5'],
    ['1 299 ₽', '1299'],
    ['1\u00a0299,90', '1299.90'],
    ['0.01', '0.01'],
    ['10000000', '10000000'],
  ])('%s is read digit by digit as %s', (text, price) => {
    expect(readPrice(text, 'RUB')).toEqual({ price })
  })

  test.each([
    ['299.999', 'too_many_decimals'],
    ['1,299', 'too_many_decimals'],
    ['299.000', 'too_many_decimals'],
    ['0', 'zero'],
    ['0,00', 'zero'],
    ['-1', 'negative'],
    ['−5', 'negative'],
    ['1000000000000000000', 'too_large'],
    ['10000000.01', 'too_large'],
    ['free', 'not_a_number'],
    ['1e3', 'not_a_number'],
    ['1.2.3', 'not_a_number'],
    ['', 'not_a_number'],
    ['٣', 'not_a_number'],
  ])('%s is refused because it is %s', (text, problem) => {
    expect(readPrice(text, 'RUB')).toEqual({ problem })
  })

  test('in Stars has no decimals', () => {
    expect(readPrice('150.5', 'XTR')).toEqual({ problem: 'too_many_decimals' })
    expect(readPrice('150', 'XTR')).toEqual({ price: '150' })
  })
})

describe('prices in other currencies', () => {
  test.each<[string, readonly [string, string][]]>([
    ['5 EUR', [['5', 'EUR']]],
    [
      '4,90 eur, 150 XTR',
      [
        ['4.90', 'EUR'],
        ['150', 'XTR'],
      ],
    ],
    [
      '4.90EUR 150 XTR\n5 usdt',
      [
        ['4.90', 'EUR'],
        ['150', 'XTR'],
        ['5', 'USDT'],
      ],
    ],
    ['-', []],
  ])('%j are read', (text, prices) => {
    expect(readPrices(text, 'RUB')).toEqual({ prices: prices.map(([price, currency]) => ({ price, currency })) })
  })

  test.each([
    ['5', 'prices'],
    ['5 EUR, 6 EUR', 'prices'],
    ['299 RUB', 'prices'],
    ['5 JPY', 'prices'],
    ['5 constructor', 'prices'],
    ['', 'prices'],
    ['4.999 EUR', 'too_many_decimals'],
    ['150.5 XTR', 'too_many_decimals'],
    ['0 EUR', 'zero'],
    ['-5 EUR', 'negative'],
    ['9007199254740993 XTR', 'too_large'],
    ['9223372036854775808 XTR', 'too_large'],
    ['EUR', 'not_a_number'],
  ])('%j are refused because of %s', (text, problem) => {
    expect(readPrices(text, 'RUB')).toEqual({ problem })
  })
})

test('the list shows what is on sale and what is hidden, with prices', async () => {
  const hidden: StaffPlan = { ...monthPlan, id: 'pln_older', title: { ru: 'Old (ru)', en: 'Old' }, isActive: false }
  const bot = adminHarness({ listPlansAsStaff: async () => ({ kind: 'seen', value: [monthPlan, hidden, trialPlan] }) })
  await bot.command('plans')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toEqual([
    '🟢 1 month — ₽299',
    '🙈 Old — ₽299',
    '🎁 Trial',
    '➕ New plan',
    '➕ Add-ons: devices, traffic',
    '🏠 Menu',
  ])
})

test.each<[string, string, PlanChange, PlanChange]>([
  ['Price', '349,50', { price: '349.50' }, { price: '299.00' }],
  [
    'Other currencies',
    '5 EUR, 150 XTR',
    {
      otherPrices: [
        { price: '5', currency: 'EUR' },
        { price: '150', currency: 'XTR' },
      ],
    },
    { otherPrices: [] },
  ],
  ['Days', '31', { days: 31 }, { days: 30 }],
  ['Devices', '5', { devices: 5 }, { devices: 3 }],
  ['Traffic', '200', { trafficGigabytes: 200 }, { trafficGigabytes: 100 }],
  ['Place', '0', { position: 0 }, { position: 1 }],
  ['Name · English', 'A month', { title: { ru: 'Month (ru)', en: 'A month' } }, { title: monthPlan.title }],
  ['Name · Russian', 'M', { title: { ru: 'M', en: '1 month' } }, { title: monthPlan.title }],
])('%s is asked for with its value, and changed', async (button, text, change, was) => {
  const updatePlan = updating()
  const bot = adminHarness({ updatePlan })
  await bot.forge('plan:month')
  await bot.tap(button)
  expect(bot.lastScreen().text).toContain('Now:')
  await bot.text(text)
  expect(updatePlan).toHaveBeenCalledExactlyOnceWith(1n, monthPlan.id, change, was)
  expect(bot.lastScreen().text).toContain('Changed')
})

test.each([
  ['price', '1,299', 'Thousands go without a sign'],
  ['price', '0', 'Nothing is sold for free'],
  ['price', '-5', 'never below zero'],
  ['price', '9'.repeat(18), 'Too expensive'],
  ['prices', '5', 'with its currency'],
  ['days', '1.5', 'whole number of days'],
  ['title-en', ' ', '1 to 40 characters'],
])('a wrong %s (%s) is refused in words and asked for again', async (field, text, words) => {
  const updatePlan = updating()
  const bot = adminHarness({ updatePlan })
  await bot.forge(`plan-ask:month:${field}`)
  await bot.text(text)
  expect(bot.lastScreen().text).toContain(words)
  await bot.text(text)
  expect(bot.lastScreen().text).toContain(words)
  expect(updatePlan).not.toHaveBeenCalled()
})

test('the second of two who edit one field is told, sees the new value, and may insist', async () => {
  let shown = monthPlan
  const updatePlan = vi.fn(async (_actor: unknown, _id: unknown, _change: PlanChange, was?: PlanChange) => {
    if (was?.price === '349.00') return { kind: 'updated' as const }
    shown = { ...monthPlan, price: { minor: 34_900n, currency: 'RUB' } }
    return { kind: 'changed_meanwhile' as const }
  })
  const bot = adminHarness({ updatePlan, listPlansAsStaff: async () => ({ kind: 'seen', value: [shown] }) })
  await bot.forge('plan-ask:month:price')
  await bot.text('199')
  expect(bot.lastScreen().text).toContain('Somebody else has changed this')
  expect(bot.lastScreen().text).toContain('₽349')
  await bot.text('199')
  expect(bot.lastScreen().text).toContain('Changed')
})

test('a plan shows what it costs in other currencies, and in the question as it is written', async () => {
  const otherPrices = [money(490n, 'EUR'), money(150n, 'XTR')]
  const priced: StaffPlan = { ...monthPlan, otherPrices }
  const bot = adminHarness({ listPlansAsStaff: async () => ({ kind: 'seen', value: [priced] }) })
  await bot.forge('plan:month')
  expect(bot.lastScreen().text).toContain('💱 €4.90 · ')
  await bot.tap('Other currencies')
  expect(bot.lastScreen().text).toContain('4.90 EUR, 150 XTR')
})

test('cancel leaves the question: the next words change nothing', async () => {
  const updatePlan = updating()
  const bot = adminHarness({ updatePlan })
  await bot.forge('plan-ask:month:price')
  await bot.tap('Cancel')
  await bot.text('199')
  expect(updatePlan).not.toHaveBeenCalled()
})

test('hiding, marking and lifting the traffic limit are one press each', async () => {
  const updatePlan = updating()
  const bot = adminHarness({ updatePlan })
  await bot.forge('plan:month')
  await bot.tap('Hide')
  expect(updatePlan).toHaveBeenLastCalledWith(1n, monthPlan.id, { isActive: false }, {})
  await bot.tap('Mark')
  expect(updatePlan).toHaveBeenLastCalledWith(1n, monthPlan.id, { isPopular: true }, {})
  await bot.tap('Traffic')
  await bot.tap('No limit')
  expect(updatePlan).toHaveBeenLastCalledWith(1n, monthPlan.id, { trafficGigabytes: null }, { trafficGigabytes: 100 })
})

test('a trial has no days and cannot be hidden here; it may be free, and then has no price in any currency', async () => {
  const updatePlan = updating()
  const bot = adminHarness({ updatePlan })
  await bot.forge('plan:trial')
  const labels = bot.lastScreen().buttons.map(({ text }) => text)
  expect(labels).not.toContain('📅 Days')
  expect(labels.filter((label) => /Hide|Mark/.test(label))).toEqual([])
  await bot.tap('💰 Price')
  expect(bot.lastScreen().text).toContain('0: it is free')
  await bot.text('0')
  expect(updatePlan).toHaveBeenCalledWith(1n, 'pln_trial', { price: '0', otherPrices: [] }, expect.anything())
})

test('a new plan is asked for step by step, with a way back, and made once however often it is pressed', async () => {
  const made: PlanDraft[] = []
  const bot = adminHarness({
    createPlan: async (_actor, draft) => {
      if (made.some(({ code }) => code === draft.code)) return { kind: 'code_taken' }
      made.push(draft)
      return { kind: 'created', planId: 'pln_week' }
    },
    listPlansAsStaff: async () => ({
      kind: 'seen',
      value: [
        monthPlan,
        ...made.map(({ code, title }) => ({ ...monthPlan, id: 'pln_week' as const, code, title, isActive: false })),
      ],
    }),
  })
  await bot.command('plans')
  await bot.tap('New plan')
  await bot.text('Nedelya')
  await bot.text('A weak')
  await bot.tap('Back')
  await bot.text('A week')
  await bot.text('7')
  await bot.text('1,299')
  expect(bot.lastScreen().text).toContain('Thousands go without a sign')
  await bot.text('99,50')
  await bot.text('2')
  await bot.tap('No limit')
  expect(bot.lastScreen().text).toContain('₽99.50')
  const button = bot.lastScreen().buttons.find(({ text }) => text === '💾 Create')
  const data = button && 'callback_data' in button ? button.callback_data : ''
  await bot.tap('Create')
  expect(bot.lastScreen().text).toContain('The plan is there')
  await bot.forge(data)
  expect(bot.lastScreen().text).toContain('The plan is there')
  expect(made).toEqual([
    expect.objectContaining({
      title: { ru: 'Nedelya', en: 'A week' },
      days: 7,
      price: '99.50',
      currency: 'RUB',
      devices: 2,
      trafficGigabytes: null,
      isActive: false,
      position: 2,
    }),
  ])
})

test('whoever lost the right meanwhile is told so', async () => {
  const forbidden = async () => ({ kind: 'forbidden' as const })
  const bot = adminHarness({ listPlansAsStaff: forbidden, updatePlan: forbidden, createPlan: forbidden })
  for (const data of [
    'plans',
    'plan:month',
    'plan-ask:month:price',
    'plan-flag:month:isActive:0',
    'plan-make:aaaaaaaa',
  ]) {
    await bot.forge(data)
    expect(bot.lastScreen().text).toContain('You have no permission for this')
  }
})
