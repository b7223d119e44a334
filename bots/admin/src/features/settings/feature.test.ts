import type { Offer, ShopChange } from '@vpn-kiosk/shop'
import { afterEach, expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { settings } from '../../testing/fake-shop.ts'

afterEach(() => vi.unstubAllGlobals())

const changing = () =>
  vi.fn(async (_actor: unknown, change: Partial<Offer>, _was?: Partial<Offer>) => ({
    kind: 'changed' as const,
    offer: { ...settings.offer, ...change },
  }))
const updating = () =>
  vi.fn(async (_actor: unknown, _change: ShopChange) => ({ kind: 'updated' as const, shop: settings.shop }))

test('what holds is shown, with who changed it last and when', async () => {
  const bot = adminHarness()
  await bot.command('settings')
  const { text } = bot.lastScreen()
  for (const words of [
    'Trial: 3 days',
    '10 GB',
    '+7 days',
    'we keep selling and say',
    'Fast Fox',
    'Europe/Moscow',
    'Last changed by Boris, 21 November at 12:00 MSK',
  ])
    expect(text).toContain(words)
})

test.each([
  ['Trial days', '5', { trialDays: 5 }, { trialDays: 3 }],
  ['Days for a friend', '0', { referralBonusDays: 0 }, { referralBonusDays: 7 }],
] as const)('%s are asked for, read and changed', async (button, text, change, was) => {
  const changeOffer = changing()
  const bot = adminHarness({ changeOffer })
  await bot.command('settings')
  await bot.tap(button)
  await bot.text('many')
  expect(bot.lastScreen().text).toContain('whole number, 0 to 365')
  await bot.text(text)
  expect(changeOffer).toHaveBeenCalledExactlyOnceWith(1n, change, was)
  expect(bot.lastScreen().text).toContain('Saved')
})

test('the second of two who change one setting is told', async () => {
  const bot = adminHarness({ changeOffer: async () => ({ kind: 'changed_meanwhile' }) })
  await bot.forge('set-ask:trialDays')
  await bot.text('5')
  expect(bot.lastScreen().text).toContain('Somebody else has changed this')
})

test('selling without room is one press, either way', async () => {
  const changeOffer = changing()
  const bot = adminHarness({ changeOffer })
  await bot.command('settings')
  await bot.tap('Sell nothing')
  expect(changeOffer).toHaveBeenLastCalledWith(1n, { sellsWithoutRoom: false }, undefined)
})

test('a name is changed, refused in words, and taken back', async () => {
  const updateShop = updating()
  const bot = adminHarness({ updateShop })
  await bot.forge('set-ask:name')
  await bot.text('Quick <Fox>')
  expect(updateShop).toHaveBeenLastCalledWith(1n, { name: 'Quick <Fox>' })
  await bot.forge('set-ask:name')
  await bot.tap('Back to the old one')
  expect(updateShop).toHaveBeenLastCalledWith(1n, { name: null })
  const refusing = adminHarness({ updateShop: async () => ({ kind: 'invalid_name', maxLength: 32 }) })
  await refusing.forge('set-ask:name')
  await refusing.text('x'.repeat(40))
  expect(refusing.lastScreen().text).toContain('1 to 32 characters')
})

test('a logo is sent as a picture, and what is none is asked for again', async () => {
  const updateShop = updating()
  const bot = adminHarness({ updateShop })
  vi.stubGlobal('fetch', async () => new Response(new Uint8Array([1, 2, 3])))
  bot.respond('getFile', { file_id: 'photo-in', file_unique_id: 'p', file_path: 'photos/1.jpg' })
  await bot.forge('set-ask:logo')
  await bot.text('here')
  expect(bot.lastScreen().text).toContain('no picture here')
  await bot.photo()
  expect(updateShop).toHaveBeenCalledExactlyOnceWith(1n, { logo: new Uint8Array([1, 2, 3]) })
  expect(bot.lastScreen().text).toContain('Saved')
})

test('cancel leaves the question, and who lost the right is told so', async () => {
  const changeOffer = changing()
  const bot = adminHarness({ changeOffer })
  await bot.forge('set-ask:trialDays')
  await bot.tap('Cancel')
  await bot.text('5')
  expect(changeOffer).not.toHaveBeenCalled()
  const forbidden = async () => ({ kind: 'forbidden' as const })
  const other = adminHarness({ getSettings: forbidden, changeOffer: forbidden, updateShop: forbidden })
  for (const data of ['settings', 'set-ask:name', 'set-room:1', 'set-drop:logo']) {
    await other.forge(data)
    expect(other.lastScreen().text).toContain('You have no permission for this')
  }
})
