import type { StaffPaymentMethod } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'

const cards: StaffPaymentMethod = {
  id: 'yookassa',
  isWhole: false,
  isInAccount: true,
  isOffered: true,
  percent: 0,
  title: {},
  currencies: ['RUB'],
  health: null,
}
const coins: StaffPaymentMethod = {
  id: 'cryptobot',
  isWhole: false,
  isInAccount: true,
  isOffered: false,
  percent: -5,
  title: { en: 'Coins' },
  currencies: ['RUB', 'USD'],
  health: null,
}

const listing = { listPaymentMethodsAsStaff: async () => ({ kind: 'seen' as const, value: [cards, coins] }) }
const changing = () => vi.fn(async () => ({ kind: 'changed' as const }))

test('the list is reached from the settings, and shows what is offered in its order', async () => {
  const bot = adminHarness(listing)
  await bot.command('settings')
  await bot.tap('Payment methods')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toEqual([
    '🟢 YooKassa',
    '🙈 CryptoBot · −5%',
    '‹ Back',
    '🏠 Menu',
  ])
  await bot.tap('CryptoBot')
  for (const words of ['RUB, USD', '−5%', 'English: Coins', '2 of 2'])
    expect(bot.lastScreen().text.replaceAll('<b>', '')).toContain(words)
})

test('a provider’s ways to pay are listed one by one, each with its own switch, and one that the account lacks says so', async () => {
  const changePaymentMethod = changing()
  const page = { ...cards, isWhole: true }
  const sbp = { ...cards, id: 'yookassa.sbp', isInAccount: false }
  const wallet = { ...cards, id: 'yookassa.yoo_money', isOffered: false }
  const listed = async () => ({ kind: 'seen' as const, value: [sbp, wallet, page] })
  const bot = adminHarness({ listPaymentMethodsAsStaff: listed, changePaymentMethod })
  await bot.forge('methods')
  expect(
    bot
      .lastScreen()
      .buttons.slice(0, 3)
      .map(({ text }) => text),
  ).toEqual(['🔴 YooKassa: SBP', '🙈 YooKassa: YooMoney', '🟢 YooKassa: all on its page'])
  await bot.tap('SBP')
  expect(bot.lastScreen().text).toContain('Not in the provider')
  await bot.forge('method:yookassa.yoo_money')
  await bot.tap('Offer')
  expect(changePaymentMethod).toHaveBeenLastCalledWith(1n, 'yookassa.yoo_money', { isOffered: true }, undefined)
})

test('how a method has answered lately is shown', async () => {
  const at = new Date('2026-11-21T09:00:00Z')
  const down = { ...cards, health: { probedAt: at, said: 'fetch <failed>', hiddenAt: at } }
  const well = { ...coins, isOffered: true, health: { probedAt: at, said: null, hiddenAt: null } }
  const bot = adminHarness({ listPaymentMethodsAsStaff: async () => ({ kind: 'seen', value: [down, well] }) })
  await bot.forge('methods')
  expect(bot.lastScreen().buttons[0]?.text).toBe('🔴 YooKassa')
  await bot.tap('YooKassa')
  expect(bot.lastScreen().text).toContain('hidden from customers')
  expect(bot.lastScreen().text).toContain('12:00 MSK: <i>fetch &lt;failed&gt;</i>')
  await bot.forge('method:cryptobot')
  expect(bot.lastScreen().text).toContain('Last worked')
})

test('a method is moved and switched by one press each, and pressed twice it is the same', async () => {
  const movePaymentMethod = vi.fn(async () => ({ kind: 'moved' as const }))
  const changePaymentMethod = changing()
  const bot = adminHarness({ ...listing, movePaymentMethod, changePaymentMethod })
  await bot.forge('method:cryptobot')
  await bot.tap('⬆️')
  expect(movePaymentMethod).toHaveBeenLastCalledWith(1n, 'cryptobot', 0)
  await bot.tap('Offer')
  expect(changePaymentMethod).toHaveBeenLastCalledWith(1n, 'cryptobot', { isOffered: true }, undefined)
  await bot.forge('method:yookassa')
  await bot.tap('⬇️')
  expect(movePaymentMethod).toHaveBeenLastCalledWith(1n, 'yookassa', 1)
})

test.each([
  ['percent', '+7', { percent: 7 }, { percent: -5 }],
  ['percent', '−12%', { percent: -12 }, { percent: -5 }],
  ['percent', '0', { percent: 0 }, { percent: -5 }],
  ['title-ru', 'Monety', { title: { en: 'Coins', ru: 'Monety' } }, { title: { en: 'Coins' } }],
  ['title-en', '-', { title: { en: '' } }, { title: { en: 'Coins' } }],
])('%s is asked for, and %s is read as %j', async (field, text, change, was) => {
  const changePaymentMethod = changing()
  const bot = adminHarness({ ...listing, changePaymentMethod })
  await bot.forge(`method-ask:cryptobot:${field}`)
  await bot.text(text)
  expect(changePaymentMethod).toHaveBeenCalledExactlyOnceWith(1n, 'cryptobot', change, was)
  expect(bot.lastScreen().text).toContain('Saved')
})

test('what is refused is said and asked for again', async () => {
  const changePaymentMethod = vi.fn(async () => ({ kind: 'invalid_method' as const, field: 'percent' as const }))
  const bot = adminHarness({ ...listing, changePaymentMethod })
  await bot.forge('method-ask:yookassa:percent')
  await bot.text('much')
  expect(changePaymentMethod).not.toHaveBeenCalled()
  expect(bot.lastScreen().text).toContain('−50 to 50')
  await bot.text('51')
  expect(bot.lastScreen().text).toContain('−50 to 50')
})

test('a provider that is gone is said, and who lost the right is told so', async () => {
  const bot = adminHarness(listing)
  await bot.forge('method:gone')
  expect(bot.lastScreen().text).toContain('no longer exists')
  const forbidden = async () => ({ kind: 'forbidden' as const })
  const verbs = { listPaymentMethodsAsStaff: forbidden, changePaymentMethod: forbidden, movePaymentMethod: forbidden }
  const other = adminHarness(verbs)
  for (const data of [
    'methods',
    'method:yookassa',
    'method-to:yookassa:1',
    'method-on:yookassa:0',
    'method-ask:yookassa:percent',
  ]) {
    await other.forge(data)
    expect(other.lastScreen().text).toContain('You have no permission for this')
  }
})
