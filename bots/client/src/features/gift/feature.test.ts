import { money } from '@vpn-kiosk/domain'
import type { GiftLine, Shop, WaitingGift } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna, monthPlan, offering } from '../../testing/fake-shop.ts'

const code = '0123456789abcdefghjkmnpqrs'
const line: GiftLine = {
  id: 'gft_0123456789abcdefghjk',
  code,
  state: 'waiting',
  planTitle: monthPlan.title,
  days: 30,
  value: money(29_900n, 'RUB'),
  recipient: null,
  createdAt: new Date('2026-11-21T09:00:00Z'),
  endsAt: new Date('2027-02-19T09:00:00Z'),
  closedAt: null,
}
const waiting: WaitingGift = {
  kind: 'waiting',
  id: line.id,
  code,
  planTitle: monthPlan.title,
  days: 30,
  deviceLimit: 3,
  trafficLimitBytes: null,
  giverName: '<Boris>',
  giverCode: 'boris123',
  isOwn: false,
  isBanned: false,
  endsAt: line.endsAt,
}
const given = (...lines: GiftLine[]): Pick<Shop, 'listGifts' | 'getGift'> => ({
  listGifts: async () => ({ lines, olderThan: null }),
  getGift: async (_of, id) => lines.find((one) => one.id === id) ?? null,
})
const invoice: Awaited<ReturnType<Shop['startPurchase']>> = {
  kind: 'invoice',
  paymentId: 'pay_0123456789abcdefghjk',
  orderId: 'ord_0123456789abcdefghjk',
  url: 'https://pay.test/1',
  plan: monthPlan,
  amount: monthPlan.price,
  providerId: 'yookassa',
  expiresAt: new Date('2026-11-21T10:00:00Z'),
}
const labels = (bot: ReturnType<typeof clientHarness>) => bot.lastScreen().buttons.map(({ text }) => text)

test('a gift is chosen, paid for, and what follows is said before', async () => {
  const startPurchase = vi.fn<Shop['startPurchase']>(async () => invoice)
  const bot = clientHarness({ ...given(), startPurchase })
  await bot.command('buy')
  await bot.tap('Give as a gift')
  expect(bot.lastScreen().text).toContain('within 90 days')
  expect(labels(bot).join()).not.toContain('My gifts')
  await bot.tap('🎁 1 month')
  expect(bot.lastScreen().text).toContain('As a gift')
  await bot.tap('Bank card')
  const description = expect.stringMatching(/subscription as a gift: 1 month$/)
  expect(startPurchase).toHaveBeenCalledWith(
    expect.objectContaining({ customerId: anna.id, kind: 'gift', description }),
  )
  expect(bot.lastScreen().text).toMatch(/^🎁 As a gift\n🧾 .*1 month/)
  expect(bot.lastScreen().text).toContain('the card with the link arrives')
  await bot.tap('Another way')
  expect(bot.lastScreen().text).toContain('As a gift')
})

test('a gift is paid from the balance where that covers it', async () => {
  const buyFromBalance = vi.fn<Shop['buyFromBalance']>(async () => ({ kind: 'bought' }))
  const getBalance = async () => ({ amounts: [money(50_000n, 'RUB')], lines: [] })
  const bot = clientHarness({ ...given(), buyFromBalance, getBalance, listPaymentMethods: offering('yookassa') })
  await bot.command('gift')
  await bot.tap('🎁 1 month')
  await bot.tap('From the balance')
  expect(buyFromBalance).toHaveBeenCalledWith(expect.objectContaining({ kind: 'gift', shownMinor: 29_900n }))
  expect(bot.lastScreen().text).toContain('The card with the link')
})

test('what the balance lacks for a gift is paid in, and buys the gift', async () => {
  const expiresAt = new Date('2026-11-28T10:00:00Z')
  const startTopUp = vi.fn<Shop['startTopUp']>(async () => ({
    kind: 'invoice',
    paymentId: 'pay_0123456789abcdefghjk',
    url: 'https://pay.test/1',
    expiresAt,
  }))
  const getBalance = async () => ({ amounts: [money(10_000n, 'RUB')], lines: [] })
  const bot = clientHarness({ ...given(), startTopUp, getBalance, listPaymentMethods: offering('yookassa') })
  await bot.command('gift')
  await bot.tap('🎁 1 month')
  await bot.tap('Balance ₽100 + pay ₽199')
  expect(startTopUp).toHaveBeenCalledWith(expect.objectContaining({ isGift: true, amount: money(19_900n, 'RUB') }))
  expect(bot.lastScreen().text).toContain('the gift is ready to be passed on')
})

test('the giver sees what was given, and the card of what waits', async () => {
  const activated: GiftLine = {
    ...line,
    id: 'gft_activated00000000000',
    state: 'activated',
    recipient: { id: anna.id, name: '<Clara>' },
    closedAt: line.createdAt,
  }
  const bot = clientHarness(given(line, activated))
  await bot.command('gift')
  await bot.tap('My gifts')
  expect(bot.lastScreen().text).toContain('waits until')
  expect(bot.lastScreen().text).toContain('activated by &lt;Clara&gt;')
  await bot.tap('🎁 1 month')
  expect(bot.lastScreen().kind).toBe('photo')
  expect(bot.lastScreen().text).toContain(`https://t.me/kiosk_bot?start=gift_${code}`)
  expect(labels(bot)).toEqual(expect.arrayContaining(['📨 Send', '🙋 Take it for myself']))
})

test('the giver takes it for oneself, after being asked', async () => {
  const activateGift = vi.fn<Shop['activateGift']>(async () => ({ kind: 'activated', days: 30, endsAt: line.endsAt }))
  const bot = clientHarness({ ...given(line), findGift: async () => ({ ...waiting, isOwn: true }), activateGift })
  await bot.command('gift')
  await bot.tap('My gifts')
  await bot.tap('🎁 1 month')
  await bot.tap('Take it for myself')
  expect(bot.lastScreen().text).toContain('Take 30 days for yourself?')
  await bot.tap('Activate')
  expect(activateGift).toHaveBeenCalledWith(anna.id, code)
})

test('whoever opens the link is asked, then has the days', async () => {
  const activateGift = vi.fn<Shop['activateGift']>(async () => ({ kind: 'activated', days: 30, endsAt: line.endsAt }))
  const findGift = vi.fn<Shop['findGift']>(async () => waiting)
  const bot = clientHarness({ findGift, activateGift })
  await bot.command('start', `gift_${code}`)
  expect(findGift).toHaveBeenCalledWith(anna.id, code)
  expect(bot.lastScreen().text).toContain('A gift from &lt;Boris&gt;: 1 month')
  expect(bot.lastScreen().text).toContain('Activate 30 days?')
  await bot.tap('Activate')
  expect(activateGift).toHaveBeenCalledWith(anna.id, code)
  expect(bot.lastScreen().text).toContain('Activated: +30 days')
})

test.each([
  ['yours', 'already'],
  ['taken', 'Somebody else'],
  ['returned', 'past its date'],
  ['refunded', 'canceled'],
  ['unknown', 'no such gift'],
  ['no_room', 'no free places'],
  ['banned', 'blocked'],
] as const)('a button of a gift that is %s answers in words', async (kind, sentence) => {
  const bot = clientHarness({ findGift: async () => waiting, activateGift: async () => ({ kind }) })
  await bot.command('start', `gift_${code}`)
  await bot.tap('Activate')
  expect(bot.lastScreen().text).toContain(sentence)
  expect(bot.lastScreen().buttons.length).toBeGreaterThan(0)
})

test.each(['gift_', 'gift_x', `gift_${'\u0430'.repeat(26)}`, `gift_${'a'.repeat(3000)}`])(
  'a link that is no gift answers in words: %#',
  async (payload) => {
    const findGift = vi.fn<Shop['findGift']>(async () => ({ kind: 'unknown' }))
    const bot = clientHarness({ findGift })
    await bot.command('start', payload)
    expect(findGift).toHaveBeenCalledWith(anna.id, '')
    expect(bot.lastScreen().text).toContain('no such gift')
  },
)
