import type { DiscountSettings, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { annasCard } from '../../testing/fake-shop.ts'
import { readHours } from './read-hours.ts'
import { readPercent } from './read-percent.ts'

const evening = { weekdays: [5, 6, 7], fromMinute: 1080, untilMinute: 1320, percent: 20 }
const all = [1, 2, 3, 4, 5, 6, 7]
const settings: DiscountSettings = { happyHours: [evening], groups: [], winBack: { percent: 0, days: 3 } }
const plain = (text: string) => text.replace(/[^\S\n]/g, ' ')

test.each([
  ['fri-sun 18:00-22:00 20%', evening],
  ['Fri, Sat,Sun 18-22 20 %', evening],
  ['\u043f\u0442-\u0432\u0441 18:00 \u2013 22:00 20%', evening],
  ['\u041f\u0422, \u0421\u0411, \u0412\u0421 18-22 -20%', evening],
  ['9:30-11 15%', { weekdays: all, fromMinute: 570, untilMinute: 660, percent: 15 }],
  ['every day 22:00-2:00 5%', { weekdays: all, fromMinute: 1320, untilMinute: 120, percent: 5 }],
  [
    '\u0435\u0436\u0435\u0434\u043d\u0435\u0432\u043d\u043e 0-24 5%',
    { weekdays: all, fromMinute: 0, untilMinute: 1440, percent: 5 },
  ],
  ['sat-mon 10-12 5%', { weekdays: [1, 6, 7], fromMinute: 600, untilMinute: 720, percent: 5 }],
  ['fri 18-25 20%', null],
  ['fri 18:60-20 20%', null],
  ['fri 18-20', null],
  ['someday 18-20 20%', null],
  ['fri-sat-sun 18-20 20%', null],
  ['', null],
  ['\u0416'.repeat(10_000), null],
])('%.30j is read as hours', (text, hours) => {
  expect(readHours(text)).toEqual(hours)
})

test.each([
  ['20', { percent: 20, days: null }],
  ['-20%', { percent: 20, days: null }],
  ['20 % 30d', { percent: 20, days: 30 }],
  ['20% 3 \u0434\u043d\u044f', { percent: 20, days: 3 }],
  ['0', { percent: 0, days: null }],
  ['100', null],
  ['20.5', null],
  ['9'.repeat(10_000), null],
  ['all', null],
])('%.30j is read as a percentage', (text, read) => {
  expect(readPercent(text)).toEqual(read)
})

const shopWith = (verbs: Partial<Shop> = {}): Partial<Shop> => ({
  getDiscountSettings: async () => ({ kind: 'seen', value: settings }),
  policy: { timeZone: 'Europe/Moscow' } as Shop['policy'],
  ...verbs,
})

test('happy hours are shown in the shop’s zone, added in a line and removed', async () => {
  const changeDiscountSettings = vi.fn<Shop['changeDiscountSettings']>(async () => ({ kind: 'changed' }))
  const bot = adminHarness(shopWith({ changeDiscountSettings }))
  await bot.command('settings')
  await bot.tap('Discounts')
  expect(plain(bot.lastScreen().text)).toContain('by the time of Europe/Moscow')
  expect(plain(bot.lastScreen().text)).toContain('Fri, Sat, Sun 18:00–22:00: 20%')
  await bot.tap('Add happy hours')
  await bot.text('whenever you like')
  expect(bot.lastScreen().text).toContain('These are no hours')
  expect(changeDiscountSettings).not.toHaveBeenCalled()
  await bot.text('9-11 15%')
  expect(changeDiscountSettings).toHaveBeenLastCalledWith(1n, {
    kind: 'add_hours',
    hours: { weekdays: all, fromMinute: 540, untilMinute: 660, percent: 15 },
  })
  await bot.tap('🗑 Fri, Sat, Sun')
  expect(changeDiscountSettings).toHaveBeenLastCalledWith(1n, { kind: 'drop_hours', hours: evening })
})

test('the offer of coming back is set', async () => {
  const changeDiscountSettings = vi.fn<Shop['changeDiscountSettings']>(async () => ({ kind: 'changed' }))
  const bot = adminHarness(shopWith({ changeDiscountSettings }))
  await bot.command('settings')
  await bot.tap('Discounts')
  await bot.tap('For coming back')
  await bot.text('20% 5d')
  expect(changeDiscountSettings).toHaveBeenCalledWith(1n, { kind: 'win_back', winBack: { percent: 20, days: 5 } })
  expect(bot.lastScreen().text).toContain('Saved')
})

test.each(['invalid_hours', 'too_many_hours'] as const)('hours that are refused as %s ask again', async (kind) => {
  const bot = adminHarness(shopWith({ changeDiscountSettings: async () => ({ kind }) }))
  await bot.command('settings')
  await bot.tap('Discounts')
  await bot.tap('Add happy hours')
  await bot.text('9-11 99%')
  expect(bot.lastScreen().text).toMatch(/^🤔/)
})

test('a customer’s discount is set on the card, which shows it', async () => {
  const setPersonalDiscount = vi.fn<Shop['setPersonalDiscount']>(async () => ({ kind: 'discount_set' }))
  const discount = { percent: 15, endsAt: new Date('2026-12-31T21:00:00Z') }
  const bot = adminHarness({
    getCustomerCard: async () => ({ kind: 'seen', value: { ...annasCard, discount } }),
    setPersonalDiscount,
  })
  await bot.command('find', 'anna')
  expect(plain(bot.lastScreen().text)).toContain('Discount: 15% until 31 December 2026')
  await bot.tap('💙 Discount')
  await bot.text('much')
  expect(bot.lastScreen().text).toMatch(/^🤔/)
  await bot.text('15% 30d')
  expect(setPersonalDiscount).toHaveBeenCalledExactlyOnceWith(1n, annasCard.customer.id, { percent: 15, days: 30 })
  expect(bot.lastScreen().text).toContain('The customer is told')
})

test('whoever may not change discounts changes none', async () => {
  const forbidden = async () => ({ kind: 'forbidden' }) as const
  const bot = adminHarness({
    getDiscountSettings: forbidden,
    setPersonalDiscount: forbidden,
    changeDiscountSettings: forbidden,
  })
  await bot.forge('discounts')
  expect(bot.lastScreen().text).not.toContain('Happy hours')
  await bot.forge('hours-drop:567-1080-1320-20')
  expect(bot.lastScreen().text).not.toContain('Happy hours')
  await bot.forge('hours-drop:whatever')
  expect(bot.lastScreen().text).not.toContain('Happy hours')
})

test('a group is made in one line, and a customer is put into it from the card', async () => {
  const groups = [{ id: 'abc123', name: 'Partners', percent: 15 }]
  const changeDiscountSettings = vi.fn<Shop['changeDiscountSettings']>(async () => ({ kind: 'changed' }))
  const putInGroup = vi.fn<Shop['putInGroup']>(async () => ({ kind: 'group_set' }))
  const bot = adminHarness({
    getDiscountSettings: async () => ({ kind: 'seen', value: { ...settings, groups } }),
    countGroupMembers: async () => ({ kind: 'seen', value: new Map([['abc123', 2]]) }),
    changeDiscountSettings,
    putInGroup,
  })
  await bot.forge('groups')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toContain('👥 Partners: 15% · 2')
  await bot.tap('New group')
  await bot.text('just a name')
  expect(bot.lastScreen().text).toContain('A name and a percentage')
  await bot.text('Press & friends 30%')
  expect(changeDiscountSettings).toHaveBeenCalledWith(1n, {
    kind: 'save_group',
    group: { id: expect.stringMatching(/^[0-9a-z]{6}$/), name: 'Press & friends', percent: 30 },
  })
  await bot.command('find', 'anna')
  await bot.tap('💙 Discount')
  await bot.tap('👥 Groups')
  await bot.tap('Partners: 15%')
  expect(putInGroup).toHaveBeenCalledWith(1n, 'cus_anna', 'abc123')
  expect(bot.lastScreen().text).toContain('The customer is in the group')
})
